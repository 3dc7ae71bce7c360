// Gone: a sentence, which the stage writes.
import { mount } from "./stage.js";

export default mount("nn-gone", () => () => {});
