/** Entry of My parking. */
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { PrefsProvider } from "../shared/prefs.tsx";
import { App } from "./App.tsx";
import "../shared/base.css";
import "./my.css";

const root = document.getElementById("root");
if (root) createRoot(root).render(<StrictMode><PrefsProvider><App /></PrefsProvider></StrictMode>);
