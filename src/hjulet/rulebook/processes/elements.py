"""Which elements of BPMN are which of our kinds, and the usual one of each."""

from typing import Final

from hjulet.rulebook.processes.states import StepKind as K

USUAL: Final[dict[str, str]] = {
    K.START: "startEvent",
    K.END: "endEvent",
    K.EVENT: "intermediateThrowEvent",
    K.TASK: "userTask",
    K.SUB_PROCESS: "subProcess",
    K.EXCLUSIVE: "exclusiveGateway",
    K.PARALLEL: "parallelGateway",
    K.INCLUSIVE: "inclusiveGateway",
}
KINDS: Final[dict[str, K]] = {
    "startEvent": K.START,
    "endEvent": K.END,
    "intermediateThrowEvent": K.EVENT,
    "intermediateCatchEvent": K.EVENT,
    "boundaryEvent": K.EVENT,
    "task": K.TASK,
    "userTask": K.TASK,
    "manualTask": K.TASK,
    "serviceTask": K.TASK,
    "sendTask": K.TASK,
    "receiveTask": K.TASK,
    "scriptTask": K.TASK,
    "businessRuleTask": K.TASK,
    "subProcess": K.SUB_PROCESS,
    "transaction": K.SUB_PROCESS,
    "adHocSubProcess": K.SUB_PROCESS,
    "callActivity": K.SUB_PROCESS,
    "exclusiveGateway": K.EXCLUSIVE,
    "eventBasedGateway": K.EXCLUSIVE,
    "parallelGateway": K.PARALLEL,
    "inclusiveGateway": K.INCLUSIVE,
    "complexGateway": K.INCLUSIVE,
}
