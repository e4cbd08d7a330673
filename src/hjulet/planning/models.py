from hjulet.planning.goals.models import Goal, GoalLevel
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
    "Goal",
    "GoalLevel",
    "MatrixAxisLabel",
    "MatrixBand",
    "MatrixCell",
    "OperationalArea",
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
