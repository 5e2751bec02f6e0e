import { timesOf, type When } from "../../core/time.ts";

/** When it is: for the reader, then in the event's zone and in Paris where the clocks differ. */
export function Times({ when, brief }: { when: When; brief?: boolean }) {
  const style = brief ? ({ weekday: "short", month: "short" } as const) : undefined;
  const [mine, ...others] = timesOf(when, style ? { style } : {});
  return (
    <span class="times">
      <time dateTime={new Date(when.starts_at).toISOString()}>{mine?.text}</time>
      {mine?.place && <span class="muted small"> {mine.place}</span>}
      {others.map(({ place, text }) => (
        <span class="times-other muted small" key={place}>
          {text}, {place}
        </span>
      ))}
    </span>
  );
}
