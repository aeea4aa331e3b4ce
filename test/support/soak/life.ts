/** All that can happen in a soak: what its user does, and what goes wrong. */
import { mishaps } from './mishaps'
import { addSome, userDeeds } from './user'
import type { Life, World } from './world'

export function lifeOf(world: World): Life {
  return {
    happenings: [...userDeeds(world), ...mishaps(world)],
    addSome: (refreshLifeMs) => addSome(world, refreshLifeMs),
  }
}
