"""What every object with an id has in common."""

import strawberry


@strawberry.interface(description="An object with a global id. Fetch it again with `node(id:)`.")
class Node:
    """Relay's Node."""

    id: strawberry.ID = strawberry.field(description="Opaque and stable. Keep it, do not take it apart.")
