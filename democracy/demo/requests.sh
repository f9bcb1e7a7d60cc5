# 1. Logga in och se vem du är. Nyckeln sparas i TOKEN. (Sign in; the key is kept in TOKEN.)
TOKEN=$(curl -s @URL@/graphql -H 'Content-Type: application/json' -d '{
  "query": "mutation ($input: SignInInput!) { signIn(input: $input) { ... on Session { token } } }",
  "variables": {"input": {"memberNumber": "@WRITER@", "password": "@PASSWORD@"}}
}' | sed -n 's/.*"token":"\([^"]*\)".*/\1/p')
curl -s @URL@/graphql -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' -d '{
  "query": "{ viewer { name memberNumber } }"
}'; echo

# 2. Vad kan du göra nu? Möten som tar emot motioner, och till när. (What may you do now, and until when?)
curl -s @URL@/graphql -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' -d '{
  "query": "{ inbox(first: 5) { totalCount items { nextStep { label by } } } meetings(first: 10, filter: {takesMotions: true}) { nodes { id name deadlines { name at derivation } } } }"
}'; echo
MEETING=$(curl -s @URL@/graphql -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' -d '{
  "query": "{ meetings(first: 1, filter: {takesMotions: true, kinds: [DISTRICT_CONFERENCE]}) { nodes { id } } }"
}' | sed -n 's/.*"id":"\([^"]*\)".*/\1/p'); echo "Distriktsårskonferensen: $MEETING"

# 3. Skriv en motion genom att klistra in text. Att-satserna hittas. (Write a motion by pasting text.)
MOTION=$(curl -s @URL@/graphql -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' -d '{
  "query": "mutation ($input: CreateMotionInput!) { createMotion(input: $input) { __typename ... on Motion { id title state clauses { number text } actions { label allowed denials { message } } } } }",
  "variables": {"input": {"meetingId": "'"$MEETING"'", "text": {"pasted": "Barnpassning under konferensen\n\nDen som har små barn avstår ofta från att vara ombud. Det går att ändra på med en enda rad i budgeten.\n\nJag yrkar därför\natt distriktet ordnar barnpassning under konferensen\natt barnpassningen nämns redan i kallelsen"}}}
}' | tee /dev/stderr | sed -n 's/.*"Motion","id":"\([^"]*\)".*/\1/p'); echo

# 4. Lämna in den och få ett nummer. Försök sedan en gång till: du får nej, med skäl och paragraf. (Submit; be refused.)
curl -s @URL@/graphql -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' -d '{
  "query": "mutation ($input: SubmitMotionInput!) { submitMotion(input: $input) { __typename ... on Motion { state receiptNumber nextSteps { label who } } ... on NotAllowed { denials { code message paragraph { number text } } } } }",
  "variables": {"input": {"motionId": "'"$MOTION"'"}}
}'; echo
curl -s @URL@/graphql -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' -d '{
  "query": "mutation ($input: SubmitMotionInput!) { submitMotion(input: $input) { __typename ... on NotAllowed { message denials { code message paragraph { number text source } } } } }",
  "variables": {"input": {"motionId": "'"$MOTION"'"}}
}'; echo

# 5. Nu som styrelsens sekreterare: ta upp motionen och för in styrelsens svar. (As the secretary: admit it, record the reply.)
SECRETARY=$(curl -s @URL@/graphql -H 'Content-Type: application/json' -d '{
  "query": "mutation ($input: SignInInput!) { signIn(input: $input) { ... on Session { token } } }",
  "variables": {"input": {"memberNumber": "@SECRETARY@", "password": "@PASSWORD@"}}
}' | sed -n 's/.*"token":"\([^"]*\)".*/\1/p')
curl -s @URL@/graphql -H "Authorization: Bearer $SECRETARY" -H 'Content-Type: application/json' -d '{
  "query": "mutation ($input: AdmitMotionInput!) { admitMotion(input: $input) { __typename ... on Motion { state } ... on NotAllowed { message } } }",
  "variables": {"input": {"motionId": "'"$MOTION"'"}}
}'; echo
curl -s @URL@/graphql -H "Authorization: Bearer $SECRETARY" -H 'Content-Type: application/json' -d '{
  "query": "mutation ($input: AdoptBoardReplyInput!) { adoptBoardReply(input: $input) { __typename ... on Motion { state clauses { number recommendation { outcome } } history { label at } } ... on NotAllowed { message } } }",
  "variables": {"input": {"motionId": "'"$MOTION"'", "reasons": "Fler ska kunna vara ombud.", "decision": "DS 2 februari, § 5", "present": 8, "recommendations": [{"clause": 1, "outcome": "APPROVE"}, {"clause": 2, "outcome": "CONSIDERED_ANSWERED"}]}}
}'; echo
