/** Entry of the exchange's pages. */
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { PrefsProvider } from "../kiosk/shared/prefs.tsx";
import { App } from "./App.tsx";
import "../kiosk/shared/base.css";
import "./device.css";
import "./map.css";
import "./pages.css";

const root = document.getElementById("root");
if (root) createRoot(root).render(<StrictMode><PrefsProvider><App /></PrefsProvider></StrictMode>);
