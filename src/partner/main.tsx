/** Entry of the sandbox's page. */
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { PrefsProvider } from "../kiosk/shared/prefs.tsx";
import { App } from "./App.tsx";
import "../kiosk/shared/base.css";
import "../exchange-pages/device.css";
import "../exchange-pages/map.css";
import "./partner.css";

const root = document.getElementById("root");
if (root) createRoot(root).render(<StrictMode><PrefsProvider><App /></PrefsProvider></StrictMode>);
