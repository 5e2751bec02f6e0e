import { route } from "../../core/router.ts";
import { Invitation } from "./Invitation.tsx";
import { Login } from "./Login.tsx";
import { Forgot, Reset } from "./Password.tsx";

/** What a person without a session may see; any other address asks to log in first. */
export default function Visitor() {
  const to = route.value;
  switch (to.page) {
    case "invitation":
      return <Invitation token={to.token} />;
    case "reset":
      return <Reset token={to.token} />;
    case "forgot":
      return <Forgot />;
    default:
      return <Login />;
  }
}
