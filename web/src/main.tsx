// Starts the client: theme, address, line to the server.

import "./core/theme.ts";
import { render } from "preact";
import { App } from "./app.tsx";
import "./core/fetch.ts";
import { start } from "./core/live.ts";
import { startRouter } from "./core/router.ts";
import "./ui/style.css";

const root = document.getElementById("app");
if (root) {
  startRouter();
  render(<App />, root);
  void start();
}
