// Parts of the client that are fetched when first needed.

import type { ComponentType, FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";
import { t } from "./core/strings.ts";
import { Failed, Loading } from "./ui/Notice.tsx";

export function lazy<Props extends object>(
  load: () => Promise<{ default: ComponentType<Props> }>,
): FunctionComponent<Props> {
  let Loaded: ComponentType<Props> | undefined;
  return function Lazy(props: Props) {
    const [, redraw] = useState(0);
    const [failed, setFailed] = useState(false);
    const fetchPart = () => {
      setFailed(false);
      load().then(
        (module) => {
          Loaded = module.default;
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
    return (
      <main class="main" id="contenu" tabIndex={-1}>
        {failed ? <Failed error={t.errors.notLoaded} again={fetchPart} /> : <Loading />}
      </main>
    );
  };
}
