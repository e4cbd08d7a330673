from hjulet.planning.competence.models import Competence, CompetenceCount, CompetenceNeed
from hjulet.planning.goals.models import Goal, GoalLevel
from hjulet.planning.ideas.models import Idea, IdeaStep
from hjulet.planning.participation.models import Attendance, Meeting, MeetingKind, Outcome, OutcomeStep
from hjulet.planning.quality_plan.models import (
    PlanFile,
    PlanStep,
    PlanText,
    PlanTextTemplate,
    QualityPlan,
)
from hjulet.planning.risk_matrix.models import MatrixAxisLabel, MatrixBand, MatrixCell, RiskMatrix
from hjulet.planning.risks.models import (
    AnalysisStep,
    Assessment,
    OperationalArea,
    Risk,
    RiskAnalysis,
    RiskSource,
)

__all__ = [
    "AnalysisStep",
    "Assessment",
    "Attendance",
    "Competence",
    "CompetenceCount",
    "CompetenceNeed",
    "Goal",
    "GoalLevel",
    "Idea",
    "IdeaStep",
    "MatrixAxisLabel",
    "MatrixBand",
    "MatrixCell",
    "Meeting",
    "MeetingKind",
    "OperationalArea",
    "Outcome",
    "OutcomeStep",
    "PlanFile",
    "PlanStep",
    "PlanText",
    "PlanTextTemplate",
    "QualityPlan",
    "Risk",
    "RiskAnalysis",
    "RiskMatrix",
    "RiskSource",
]
