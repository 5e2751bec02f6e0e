// What is shown of a Club, and in which order.
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";
import { ANNONCES, channel, HABITAT } from "./sample.mjs";

const { byKind, channelsOf } = await load("core/places");

test("the channels of events are apart from those that stay, wherever they stand", () => {
  const event = { ...channel(12), kind: "event", position: 0 };
  const channels = { 12: event, [HABITAT]: channel(), [ANNONCES]: channel(ANNONCES) };
  const { places, events } = byKind(channelsOf({ channels }, 2));
  assert.deepEqual(
    places.map(({ id }) => id),
    [HABITAT, ANNONCES],
  );
  assert.deepEqual(
    events.map(({ id }) => id),
    [12],
  );
});
