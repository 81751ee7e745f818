"""The words of assessments and of the registers beside them."""

from cx280.kernel.words import Word


class Kind(Word):
    """What a template is for."""

    ASSESSMENT = "assessment", "CX Capacity Assessment"
    REFLECTION = "reflection", "Yearly reflection"


class Said(Word):
    """What was said of a practice; without a row it was not answered, which is something else."""

    LEVEL = "level", "A level"
    NOT_EVIDENCED = "not_evidenced", "Not evidenced"
    WORDS = "words", "In words"


class Stage(Word):
    """Where an assessment stands."""

    DRAFT = "draft", "Draft"
    SIGNED = "signed", "Signed"
    SUBMITTED = "submitted", "Handed to OMB"


class Move(Word):
    """What somebody does to move an assessment; the label completes “It cannot be …”."""

    SIGN = "sign", "signed"
    REOPEN = "reopen", "opened again"
    SUBMIT = "submit", "handed to OMB"


class Proof(Word):
    """What kind of evidence shows that a level is true."""

    SURVEY = "survey", "A survey"
    STUDY = "study", "A study"
    MEASURE = "measure", "A measure"
    ACTION = "action", "An action of the Action Plan"
    DOCUMENT = "document", "A document or a page"
    KNOWN = "known", "Known from cx280"


class Register(Word):
    """What is written down beside the assessment, all in one shape."""

    STAFF = "staff", "Staff"
    BUDGET = "budget", "Budget"
    CONTRACT = "contract", "Contracts"
    TOOL = "tool", "Tools"
    POSITION = "position", "Positions"
    HIRE = "hire", "Hires"
    TRAINING = "training", "Training"
    MINDSET = "mindset", "A customer mindset for everybody"
    DECISION = "decision", "Decisions"
    REVIEW = "review", "Reviews of the data"
    INITIATIVE = "initiative", "Steps to greater maturity"
    ALIGNMENT = "alignment", "What actions serve"
    IDEA = "idea", "Modernization under IDEA"
    PRESENCE = "presence", "Functions at each level"
    LESSON = "lesson", "Lessons learned"


class YesPartlyNo(Word):
    """A plain answer; nothing chosen is no answer."""

    YES = "yes", "Yes"
    PARTLY = "partly", "Partly"
    NO = "no", "No"


class Mindset(Word):
    """The three practices by which all employees take on a customer mindset (280.9-d2)."""

    TRAINING = "training", "Training"
    PERFORMANCE = "performance", "Performance measurement"
    REWARDS = "rewards", "Rewards"
