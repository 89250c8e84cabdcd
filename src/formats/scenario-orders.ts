/** How many orders are tried where all of them are too many. */
const SAMPLE = 6;

/**
 * Orders of `count` things: all of up to three; of more the given one, its reverse, and others drawn by a fixed sequence,
 * the same each time.
 */
export function ordersOf(count: number): readonly (readonly number[])[] {
  const given = Array.from({ length: count }, (_, index) => index);
  if (count <= 3) return allOrders(given);
  const orders = new Map([given, given.toReversed()].map((order) => [order.join(), order]));
  let drawn = 1;
  const draw = (below: number): number => {
    // Linear congruential generator of Numerical Recipes; its high bits are the better ones.
    drawn = (Math.imul(drawn, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((drawn / 2 ** 32) * below);
  };
  while (orders.size < SAMPLE) {
    const left = [...given];
    const order = given.flatMap(() => left.splice(draw(left.length), 1));
    orders.set(order.join(), order);
  }
  return [...orders.values()];
}

function allOrders(things: readonly number[]): readonly (readonly number[])[] {
  if (things.length <= 1) return [things];
  return things.flatMap((first) => allOrders(things.filter((each) => each !== first)).map((rest) => [first, ...rest]));
}
