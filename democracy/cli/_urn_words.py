"""What the verifier's codes mean, in words for whoever reads its answer."""

from democracy.ballotbox.faults import Code

ERRORS = {
    Code.E_LEAF: "En rad i loggen går inte att läsa, är av ett okänt slag eller hör till en annan urna.",
    Code.E_CHECKPOINT: "En kontrollpunkt är inte undertecknad av loggen i din fil, eller täcker inte loggen.",
    Code.E_FORK: "Loggen är inte den som kontrollpunkten gäller: den har skrivits om, eller så finns det två.",
    Code.E_MANIFEST: "Det som bestämdes före öppnandet går inte ihop.",
    Code.E_TRUST: "Urnan använder en nyckel som inte finns i din fil med betrodda nycklar.",
    Code.E_WITNESS: "För få vittnen såg loggen i rätt tid.",
    Code.E_ORDER: "Loggen följer inte den ordning som gäller, eller är inte färdig.",
    Code.E_SIGNATURE: "En underskrift saknas eller stämmer inte.",
    Code.E_ROLL: "Röstlängden är inte den som lades fast.",
    Code.E_SLOT: "En röst eller ett beslut gäller en plats som inte finns eller inte får rösta.",
    Code.E_SEQ: "En plats har röstat fler gånger än den får, eller i fel ordning.",
    Code.E_DIGEST: "Samma förseglade röst finns två gånger.",
    Code.E_CLOSE: "Antalet röster vid stängningen stämmer inte.",
    Code.E_TIME: "Urnan stängdes för tidigt, eller en förlängning förlänger inte.",
    Code.E_INPUT: "Det som gick in till räkningen är inte det som avlades.",
    Code.E_LIST: "En lista är ändrad efter att den undertecknades.",
    Code.E_MIX: "En nyckelhållares redovisning går inte ihop.",
    Code.E_OPEN: "De öppnade rösterna är inte de som blandades.",
    Code.E_RESULT: "Resultatet är inte det som rösterna ger.",
    Code.E_TOTAL: "Summan går inte ihop.",
    Code.E_CLAIM: "Anspråket bevisar ingenting.",
}

WARNINGS = {
    "W_BAD": "så många förseglade röster gick inte att öppna",
    "W_DUP": "så många var kopior av en annan och räknades en gång",
    "W_CODE": "så många röster har samma kod och siffror som en annan",
    "W_CLAIM": "ett anspråk mot en nyckelhållare har prövats",
    "W_SEALED": "så många röster förseglade servern själv; för dem finns inget att kontrollera",
}

BLIND = (
    "Den här kontrollen kan inte se om en nyckelhållare har bytt ut röster. Det ser bara väljarnas egna program:\n"
    "kontrollerar en andel q av de drabbade, upptäcks m byten med sannolikheten 1 − (1 − q)^m."
)

UNCHECKED = {
    "(not in the bundle)": "(finns inte i filen)",
    "(destroyed)": "(förstörda)",
    "the opened ballots and their recount (for auditors only, or destroyed)":
        "de öppnade rösterna och omräkningen (bara för granskare, eller förstörda)",
    "the members behind the slots (no roll file)": "medlemmarna bakom platserna (ingen röstlängd är angiven, --roll)",
}  # fmt: skip


def in_swedish(unchecked: str) -> str:
    """What was not checked, in Swedish."""
    for english, swedish in UNCHECKED.items():
        unchecked = unchecked.replace(english, swedish)
    return unchecked
