// Parts of the client that are fetched when first needed.

import type { ComponentChildren, ComponentType, FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";
import { t } from "./core/strings.ts";
import { Failed, Loading } from "./ui/Notice.tsx";

/** `pick`: which component of the part is drawn. `meanwhile`: what is shown in its place till then. */
export function lazy<Part, Props extends object>(
  load: () => Promise<Part>,
  pick: (part: Part) => ComponentType<Props>,
  meanwhile?: (props: Props) => ComponentChildren,
): FunctionComponent<Props> {
  let Loaded: ComponentType<Props> | undefined;
  return function Lazy(props: Props) {
    const [, redraw] = useState(0);
    const [failed, setFailed] = useState(false);
    const fetchPart = () => {
      setFailed(false);
      load().then(
        (part) => {
          Loaded = pick(part);
          redraw((n) => n + 1);
        },
        () => setFailed(true),
      );
    };
    useEffect(() => {
      if (!Loaded) {
        fetchPart();
      }
    }, []);
    if (Loaded) {
      return <Loaded {...props} />;
    }
    if (meanwhile) {
      return <>{meanwhile(props)}</>;
    }
    return (
      <main class="main" id="contenu" tabIndex={-1}>
        {failed ? <Failed error={t.errors.notLoaded} again={fetchPart} /> : <Loading />}
      </main>
    );
  };
}
