/** All events of a soak: what its user does, and what goes wrong. */
import { mishaps } from './mishaps'
import { addSome, userActions } from './user'
import type { Life, World } from './world'

export function lifeOf(world: World): Life {
  return {
    happenings: [...userActions(world), ...mishaps(world)],
    addSome: (refreshLifeMs) => addSome(world, refreshLifeMs),
  }
}
