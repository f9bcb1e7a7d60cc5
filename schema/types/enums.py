"""Enumerations of the API, with their Swedish terms."""

import strawberry

from democracy.domain import kinds
from democracy.domain.numbered_text.collisions import CollisionKind
from democracy.domain.numbered_text.diff import SegmentKind
from democracy.domain.numbered_text.reading import NoteCode
from democracy.domain.question_order import Form
from democracy.storage.reads.meetings import MeetingOrder
from democracy.storage.reads.motions import MotionOrder
from workflows import ballot_kinds, proceedings
from workflows.allotment import AllotmentState
from workflows.amendment import AmendmentState
from workflows.candidacy import CandidacyState
from workflows.candidate_list import CandidateListState
from workflows.delegate import DelegateState
from workflows.division import DivisionState
from workflows.document import DocumentState, Editor, VersionKind
from workflows.election import ElectionState, VoteMethod
from workflows.force import Force, Role
from workflows.item import ItemState
from workflows.matter import MatterState
from workflows.meeting import MeetingState
from workflows.member_ballot import MemberBallotState
from workflows.minutes_facts import AddendumState, MinutesState
from workflows.motion import MotionState
from workflows.nomination_work import NominationWorkState
from workflows.presence import PresenceState
from workflows.proceedings import OfficerRole, PlaceOperation, SpeechKind
from workflows.proposal import ProposalState
from workflows.question import QuestionState
from workflows.speech import SpeechState
from workflows.statement import StatementState
from workflows.statutes import Participant, Right
from workflows.statutes.parameters.ballots import Effect
from workflows.statutes.parameters.order import DocumentKind
from workflows.urn import UrnState

strawberry.enum(
    MotionState,
    description="Where a motion stands: DRAFT (utkast), SUBMITTED (inlämnad), RETURNED (åter för komplettering), "
    "ADMITTED (upptagen till behandling), NOT_ADMISSIBLE (avvisad), PREPARED (besvarad av styrelsen), SCHEDULED (på "
    "dagordningen), DECIDED (avgjord), CLOSED (avslutad), WITHDRAWN (tillbakadragen).",
)
strawberry.enum(
    MeetingState,
    description="Where a meeting stands: PLANNED (planerat), CALLED (kallat), OPENED (öppnat), ADJOURNED "
    "(ajournerat), CLOSED (avslutat), CANCELLED (inställt).",
)
strawberry.enum(
    MinutesState,
    description="Where minutes stand: WRITING (skrivs), SIGNING (ute för justering), VERIFIED (justerat), PUBLISHED "
    "(publicerat).",
)
strawberry.enum(
    AddendumState,
    description="Where a correction of minutes stands: PROPOSED (väntar på underskrifter), IN_FORCE (gäller), "
    "DROPPED (tillbakadragen).",
)
strawberry.enum(
    OfficerRole,
    description="What somebody is elected to be at a meeting: CHAIR (mötesordförande), SECRETARY (sekreterare), "
    "VERIFIER (justerare), TELLER (rösträknare).",
)
strawberry.enum(
    kinds.MeetingKind,
    name="MeetingKind",
    description="Kinds of meeting: CONGRESS (kongress) and its variants, DISTRICT_CONFERENCE (distriktsårskonferens, "
    "DÅK), ELECTION_CONFERENCE (valkonferens), ANNUAL_MEETING (årsmöte), MEMBERS_MEETING (medlemsmöte), "
    "COUNCIL_MEETING (representantskap), BOARD_MEETING (styrelsemöte).",
)
strawberry.enum(
    kinds.Category,
    name="MotionCategory",
    description="What a motion is about: GENERAL, PROGRAMME (partiprogram), ORGANISATION, STATUTES (stadgar), "
    "CURRENT_DOCUMENT (ett förslag som ligger på mötet). The statutes say which kinds of meeting treat which.",
)
strawberry.enum(
    kinds.Outcome,
    name="Outcome",
    description="What is recommended or decided on an att-sats: APPROVE (bifall), APPROVE_REWORDED (bifall med "
    "ändrad lydelse), REJECT (avslag), CONSIDERED_ANSWERED (besvarad: neither approves nor rejects, gives nobody a "
    "task), REFER (hänskjuta), NOTED (läggas till handlingarna), REFER_BACK (återremiss), DEFER (bordläggning till "
    "ett visst möte).",
)
strawberry.enum(
    kinds.Fault,
    name="Fault",
    description="Formal faults; only these stop a motion, never its content: LATE (för sent), NO_RIGHT (ingen "
    "motionsrätt), WRONG_MEETING (fel möte), LOCKED_TEXT (låst text), CATEGORY, INCOMPLETE (ofullständig).",
)
strawberry.enum(
    kinds.Channel,
    name="Channel",
    description="How something came: DIGITAL, PAPER (papper), POST, TELEPHONE, E_MAIL, FLOOR (från golvet).",
)
strawberry.enum(
    kinds.SentAs,
    name="SentAs",
    description="How a unit sends a motion on: ADOPTED (antagen som egen), SUPPORTED (med stöd), WITHOUT_OPINION "
    "(utan eget yttrande).",
)
strawberry.enum(
    kinds.UnitKind,
    name="UnitKind",
    description="Kinds of unit: PARTY (parti), DISTRICT (partidistrikt), LOCAL_BRANCH (partiförening), TRADE_BRANCH "
    "(branschförening), STUDENT_BRANCH (studentförening), LIGHT_BRANCH (enkel förening), ASSOCIATION (an "
    "organisation of a single level).",
)
strawberry.enum(
    kinds.BodyKind,
    name="BodyKind",
    description="Kinds of body: CONGRESS (kongress), DISTRICT_CONFERENCE (distriktsårskonferens), "
    "ELECTION_CONFERENCE (valkonferens), ANNUAL_MEETING (årsmöte), MEMBERS_MEETING (medlemsmöte), BOARD (styrelse), "
    "EXECUTIVE_COMMITTEE (verkställande utskott), REPRESENTATIVE_COUNCIL (representantskap), NOMINATION_COMMITTEE "
    "(valberedning), AUDITORS (revisorer), MUNICIPAL_GROUP (kommunal grupp), COMMITTEE (utskott).",
)
strawberry.enum(
    SpeechState,
    name="SpeechState",
    description="Where a place on the speakers' list stands: WAITING (väntar), SPEAKING (har ordet), ENDED (har "
    "talat), WITHDRAWN (struken).",
)
strawberry.enum(
    SpeechKind,
    name="SpeechKind",
    description="Why somebody asks for the floor: SPEECH (inlägg), REPLY (replik), POINT_OF_ORDER (ordningsfråga, "
    "which goes before everybody).",
)
strawberry.enum(
    kinds.Gender,
    name="Gender",
    description="As members declare it, or do not: used for the order of speakers and for totals, shown of nobody.",
)
strawberry.enum(
    kinds.MandateRole,
    name="MandateRole",
    description="What somebody is in a body: CHAIR (ordförande), VICE_CHAIR, SECRETARY (sekreterare), TREASURER "
    "(kassör), MEMBER (ledamot), SUBSTITUTE (ersättare), DELEGATE (ombud), AUDITOR (revisor), CO_OPTED (adjungerad), "
    "INTERNAL_FEMINISM (internfeministiskt ansvarig).",
)
strawberry.enum(
    Role,
    name="Role",
    description="What somebody is in relation to a case: MOVER (motionär), INVITED (inbjuden medmotionär), BOARD "
    "(styrelseledamot), SECRETARY (styrelsens sekreterare), STAFF (tjänsteman), DELEGATE (ombud), PRESIDIUM, "
    "MEETING_SECRETARY (mötets sekreterare), REQUESTER (den som har begärt ordet), VERIFIER (justerare), "
    "TELLER (rösträknare), RESPONSIBLE (ansvarig för uppdraget), SUCCESSOR (den som tar över), AUDITOR (revisor), "
    "CLOCK (klockan).",
)
strawberry.enum(
    Force,
    name="Force",
    description="What a refusal rests on: LAW (lag) and INTEGRITY are never waived; STATUTE (stadgarna) only as the "
    "statutes say; MEETING_ORDER (mötets ordning) by the meeting; CUSTOM (god ordning) is a warning, no more.",
)
strawberry.enum(
    DocumentState,
    description="Where a document stands: IMPORTED (inläst), CONFIRMED (låsen bekräftade), PROPOSED (framlagt), "
    "ADOPTED (antaget), PUBLISHED (publicerat), REJECTED (avslaget), WITHDRAWN (tillbakadraget).",
)
strawberry.enum(
    VersionKind,
    name="DocumentVersionKind",
    description="How a version came to be: IMPORTED (inläst), ADOPTED (antagen), EDITORIAL (redaktionell ändring).",
)
strawberry.enum(
    Editor,
    name="DocumentEditor",
    description="Who may put spelling and numbering right in an adopted text: PRESIDIUM or BOARD (styrelsen).",
)
strawberry.enum(
    DocumentKind,
    name="DocumentKind",
    description="What a document is: PROGRAMME (partiprogram), STATUTES (stadgar), GROUP_STATUTES (en grupps "
    "stadgar), ACTIVITY_PLAN (verksamhetsplan), ELECTION_PLATFORM (valplattform, valstrategi).",
)
strawberry.enum(
    AmendmentState,
    description="Where an amendment stands: DRAFTED (inte inlämnat), SUBMITTED (inlämnat), WITHDRAWN "
    "(tillbakadraget), APPROVED (bifallet), REJECTED (avslaget).",
)
strawberry.enum(
    PlaceOperation,
    name="PlaceOperation",
    description="What is done with one place of a text: REPLACE (ersätta), INSERT (lägga till), DELETE (stryka), "
    "MOVE (flytta).",
)
strawberry.enum(
    SegmentKind,
    name="WordDiffKind",
    description="Words that stand in both texts (EQUAL), only in the new (INSERT) or only in the old (DELETE).",
)
strawberry.enum(
    CollisionKind,
    name="CollisionKind",
    description="How two amendments collide: SAME (they say the same, and are put once), RIVALS (different things "
    "with one place), CONTAINS (a whole paragraph and a point in it), SAME_GAP (both add there; both can stand).",
)
strawberry.enum(
    NoteCode,
    name="ImportNoteCode",
    description="What the reader of a file noticed: JOINED (a paragraph cut by a page break), NUMBER_CHANGED, "
    "NUMBER_MISSING, NUMBERED (the text had no numbers), LOCK_WITHOUT_SOURCE, LEFT_OUT (outside the paragraphs).",
)
strawberry.enum(MotionOrder, name="MotionOrder", description="In which order motions are listed.")
strawberry.enum(MeetingOrder, name="MeetingOrder", description="In which order meetings are listed.")
strawberry.enum(
    MemberBallotState,
    description="Where a member ballot stands: DRAFT (utkast), COLLECTING (a demand gathers support), ORDERED "
    "(beslutad), ANNOUNCED (utlyst), OPEN (öppen), CLOSED (stängd), COUNTED (räknad), CERTIFIED (fastställd), "
    "PUBLISHED (offentlig), FINAL (avslutad), CANCELLED (inställd), ANNULLED (ogiltig).",
)
strawberry.enum(
    ballot_kinds.QuestionForm,
    name="QuestionForm",
    description="How a question is answered: ONE alternative, SEVERAL, RANKED in order of preference, or TEXT.",
)
strawberry.enum(
    ballot_kinds.SecrecyLevel,
    name="SecrecyLevel",
    description="From whom a vote is secret. CLOSED (sluten): from members, boards and whoever steals the database, "
    "not from the operator. SEALED (förseglad): from the operator too, while one holder of a key is honest.",
)
strawberry.enum(
    ballot_kinds.CorrectionKind, name="CorrectionKind", description="How an electorate is corrected: ADD or REMOVE."
)
strawberry.enum(
    ballot_kinds.EnvelopeFault,
    name="EnvelopeFault",
    description="Why an envelope is set aside unopened: VOTED_ALREADY (a digital vote came first, or another "
    "envelope), LATE, NOT_ENTITLED, NOT_IDENTIFIED (nobody can tell from whom it is).",
)
strawberry.enum(
    ballot_kinds.ObjectionFinding,
    name="ObjectionFinding",
    description="What the body found of an objection: DISMISSED (avslagen), UPHELD (bifallen: the outcome stands all "
    "the same), ANNULLING (bifallen: the outcome cannot stand).",
)
strawberry.enum(
    ballot_kinds.BallotOutcome,
    name="BallotOutcome",
    description="What a question came to: CARRIED (bifall), NOT_CARRIED (avslag), NO_QUORUM (too few took part), "
    "CHOSEN (an alternative has won), TIED (lika), NOTED (free answers, or several questions that each have their "
    "own), NO_VOTES.",
)
strawberry.enum(
    Effect, name="BallotEffect", description="What an outcome does: ADVISORY (rådgivande) or BINDING (bindande)."
)
strawberry.enum(
    DivisionState,
    name="DivisionState",
    description="Where a division stands: ORDERED (begärd), OPEN (pågår), CLOSED (stängd), ANNOUNCED (uppläst), "
    "ANNULLED (ogiltigförklarad), LAPSED (förfallen: the question was settled without it).",
)
strawberry.enum(
    proceedings.DivisionMethod,
    name="DivisionMethod",
    description="How a division is taken: SHOW_OF_CARDS (röstkort), ROLL_CALL (namnupprop: names in the minutes), "
    "TELLERS (rösträknare), DEVICES (as a show of cards: figures and no names), SECRET (slutna sedlar).",
)
strawberry.enum(
    proceedings.Choice, name="VoteChoice", description="What a voter answers: YES (ja), NO (nej), ABSTAIN (avstår)."
)
strawberry.enum(
    proceedings.StatementKind,
    name="StatementKind",
    description="What is noted beside a decision: RESERVATION, MINUTE_NOTE (protokollsanteckning), SPECIAL_STATEMENT "
    "(särskilt yttrande).",
)
strawberry.enum(StatementState, name="StatementState", description="Whether it stands: RECORDED, WITHDRAWN.")
strawberry.enum(
    UrnState,
    description="Where a sealed urn stands: DRAFT (awaits two officers), BEGUN (awaits its key holders), READY "
    "(takes "
    "ballots in its time), CLOSED, MIXING, MIXED, OPENED, COUNTED, FINAL (keys destroyed), SPOILT (never opened).",
)
strawberry.enum(
    ItemState,
    name="ItemState",
    description="Where an item of the agenda stands: PLANNED (väntar), OPEN (öppen), ADJOURNED (ajournerad), CLOSED "
    "(avslutad), STRUCK (struken).",
)
strawberry.enum(
    proceedings.ItemKind,
    name="ItemKind",
    description="What an item is about: FORMALITIES (formalia), ELECTION (val), REPORT (rapport), DISCHARGE "
    "(ansvarsfrihet), MOTION, MOTION_BLOCK (block av motioner), PROPOSAL (proposition med sitt dokument), OTHER "
    "(övrigt).",
)
strawberry.enum(
    proceedings.Formality,
    name="Formality",
    description="What a meeting decides about itself: ROLL (röstlängd), CHAIR (ordförande), SECRETARY (sekreterare), "
    "VERIFIERS (justerare), TELLERS (rösträknare), NOTICE (kallelsen), AGENDA (dagordning), PROCEDURE (mötesordning).",
)
strawberry.enum(
    proceedings.OfficerRole,
    name="OfficerRole",
    description="What somebody is elected to be at a meeting: CHAIR (mötesordförande), SECRETARY (sekreterare), "
    "VERIFIER (justerare), TELLER (rösträknare).",
)
strawberry.enum(
    DelegateState,
    description="Where a reported place stands: REPORTED (efteranmäld, väntar på mötet), ACCEPTED (mottagen), "
    "REFUSED (avvisad av mötet), RESIGNED (avsagt uppdraget), REPLACED (någon annan har platsen).",
)
strawberry.enum(PresenceState, description="Whether somebody is at the meeting: PRESENT (incheckad) or AWAY.")
strawberry.enum(AllotmentState, description="Whether seats have been shared out: OPEN, or FROZEN (fastställda).")
strawberry.enum(
    Participant,
    name="Participant",
    description="In what capacity somebody takes part: DELEGATE (ombud), SUBSTITUTE (ersättare), MEMBER, "
    "BOARD_MEMBER, "
    "AUDITOR (revisor), NOMINATION_COMMITTEE (valberedning), CO_OPTED (adjungerad), PRESIDIUM, MOVER (motionär) …",
)
strawberry.enum(
    Right,
    name="Right",
    description="Four separate rights: ATTEND (närvaro; ATTEND_IF_ROOM while there is room), SPEAK (yttrande), "
    "PROPOSE (förslag), VOTE (rösträtt).",
)
strawberry.enum(
    MatterState,
    name="MatterState",
    description="Where a matter stands: OPEN (debatt pågår), DEBATE_CLOSED (debatten stängd), ORDERED "
    "(propositionsordningen godkänd), DECIDED (avgjort), LAPSED (fallet: nobody proposed anything).",
)
strawberry.enum(
    proceedings.MatterKind,
    name="MatterKind",
    description="What a matter is about: FORMALITY (formalia), CLAUSE (att-sats), PASSAGE (stycke), DOCUMENT, "
    "DISCHARGE (ansvarsfrihet), QUESTION (annat).",
)
strawberry.enum(
    ProposalState,
    name="ProposalState",
    description="Where a proposal stands: DRAFTED (jämkning som väntar på svar), MADE (står kvar), WITHDRAWN "
    "(tillbakadraget), RECONCILED (ersatt genom jämkning), CARRIED (bifallet), LOST (avslaget), FALLEN (fallet).",
)
strawberry.enum(
    proceedings.ProposalKind,
    name="ProposalKind",
    description="Sorts of yrkande: APPROVE (bifall), REJECT (avslag), COUNTER (motyrkande: competes on the whole), "
    "AMENDMENT (ändringsyrkande: competes on a point), ADDITION (tilläggsyrkande: decided separately, falls with "
    "what it adds to), REFER_BACK (återremiss), DEFER (bordläggning), CONSIDERED_ANSWERED (anses besvarad), REFER "
    "(hänskjuta), NOTED (läggas till handlingarna).",
)
strawberry.enum(
    proceedings.PlaceOperation,
    name="PlaceOperation",
    description="How a place in a text is changed: REPLACE (ersätta), INSERT (infoga), DELETE (stryka), MOVE (flytta).",
)
strawberry.enum(
    QuestionState,
    name="QuestionState",
    description="Where a question stands: WAITING (väntar), PUT (ställd), NAMED (utfallet sagt), DIVIDING (votering "
    "begärd), DECIDED (klubban har fallit), FALLEN (fallen).",
)
strawberry.enum(
    proceedings.QuestionKind,
    name="QuestionKind",
    description="What a question is about: ORDER (which order of questions), TODAY (ska ärendet avgöras i dag?), "
    "RIVALS (yrkanden mot varandra), ADDITION (tillägg).",
)
strawberry.enum(
    Form,
    name="QuestionOrderForm",
    description="How rivals meet: NESTED (counter-proposals are named from the outside in and voted from the inside "
    "out), SEQUENCE (they meet in an order settled beforehand; the last winner meets the main proposal).",
)
strawberry.enum(
    CandidateListState,
    description="Where a list for a public election stands: DRAFT (utkast), PROPOSED (offentligt förslag), DECIDED "
    "(fastställd), CANCELLED (inställd).",
)
strawberry.enum(
    ElectionState,
    description="Where an election of persons stands: NOMINATING (nominering pågår), PROPOSED (namnen är offentliga), "
    "OPEN (omröstning pågår), COUNTING (räknas), SECOND (andra omgång väntar), ELECTED (avgjord), CANCELLED "
    "(inställd).",
)
strawberry.enum(
    VoteMethod, name="ElectionMethod", description="How an election is voted on: DEVICES, PAPERS (sedlar), URN."
)
strawberry.enum(
    CandidacyState,
    description="Where a candidacy stands: ASKED (tillfrågad), ACCEPTED (kandiderar), DECLINED (tackat nej), WITHDRAWN "
    "(dragit sig ur), ELECTED (vald), SUBSTITUTE (ersättare), NOT_ELECTED (inte vald), GAVE_UP (valde en annan post).",
)
strawberry.enum(
    NominationWorkState,
    description="Where a nomination committee's work stands: WORKING (pågår), PUBLISHED (offentligt).",
)
