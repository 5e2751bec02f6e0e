// Chance that can be had again: SEED=n replays a run. (mulberry32, Tommy Ettinger, public domain)

/**
 * The seed of this run, said by every test that draws. The same each time, so that a change is not
 * refused for what chance found in another; LONG looks elsewhere each time.
 */
const drawn = () => (process.env.LONG ? Math.floor(Math.random() * 2 ** 31) : 1);
export const seed = Number(process.env.SEED ?? drawn());

export class Random {
  constructor(start = seed) {
    this.state = start >>> 0;
  }

  /** In [0, 1). */
  next() {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let t = this.state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  /** An integer of [low, high]. */
  between(low, high) {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  pick(list) {
    return list[Math.floor(this.next() * list.length)];
  }

  chance(probability) {
    return this.next() < probability;
  }

  /** One of [[weight, value], ...]. */
  weighed(list) {
    let at = this.next() * list.reduce((sum, [weight]) => sum + weight, 0);
    for (const [weight, value] of list) {
      at -= weight;
      if (at < 0) return value;
    }
    return list.at(-1)[1];
  }
}
