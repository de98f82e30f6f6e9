// The script of the worker that `createClient()` starts.

import * as api from "./web.js";
import { serve } from "./worker.js";

serve(api);
