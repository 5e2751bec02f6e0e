// Parts of the client that are fetched when first needed.

import type { ComponentType, FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";
import { t } from "./core/strings.ts";
import { Failed, Loading } from "./ui/Notice.tsx";

/** `pick`: which component of the part is drawn. `quiet`: in a page, nothing until it is there. */
export function lazy<Part, Props extends object>(
  load: () => Promise<Part>,
  pick: (part: Part) => ComponentType<Props>,
  quiet = false,
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
    if (quiet) {
      return null;
    }
    return (
      <main class="main" id="contenu" tabIndex={-1}>
        {failed ? <Failed error={t.errors.notLoaded} again={fetchPart} /> : <Loading />}
      </main>
    );
  };
}
