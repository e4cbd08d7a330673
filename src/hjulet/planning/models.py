from hjulet.planning.goals.models import Goal, GoalLevel
from hjulet.planning.quality_plan.models import (
    PlanFile,
    PlanStep,
    PlanText,
    PlanTextTemplate,
    QualityPlan,
)
from hjulet.planning.risks.models import (
    Assessment,
    MatrixAxisLabel,
    MatrixBand,
    MatrixCell,
    OperationalArea,
    Risk,
    RiskAnalysis,
    RiskMatrix,
    RiskSource,
)

__all__ = [
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
