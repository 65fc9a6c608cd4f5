// Broken lines for sigma, which draws whole ones only: its own program for edges, with the distance along the
// line on screen handed to each pixel, so that strokes keep their length at every zoom.
import { EdgeRectangleProgram, type EdgeProgramType } from "sigma/rendering";

const ALONG = "varying float v_along;\nuniform vec2 u_half;\n";

export function broken([on, off]: [number, number]): EdgeProgramType {
  const period = (on + off).toFixed(1);
  return class extends EdgeRectangleProgram {
    override getDefinition() {
      const own = super.getDefinition();
      const vertex = own.VERTEX_SHADER_SOURCE.replace("void main() {", `${ALONG}void main() {
  vec2 c_start = (u_matrix * vec3(a_positionStart, 1)).xy * u_half;
  vec2 c_end = (u_matrix * vec3(a_positionEnd, 1)).xy * u_half;
  v_along = a_positionCoef * length(c_end - c_start);`);
      const fragment = own.FRAGMENT_SHADER_SOURCE.replace("void main(void) {", `varying float v_along;
void main(void) {
  #ifndef PICKING_MODE
  if (mod(v_along, ${period}) > ${on.toFixed(1)}) discard;
  #endif`);
      return { ...own, VERTEX_SHADER_SOURCE: vertex, FRAGMENT_SHADER_SOURCE: fragment, UNIFORMS: [...own.UNIFORMS, "u_half"] as never };
    }

    override setUniforms(params: Parameters<InstanceType<typeof EdgeRectangleProgram>["setUniforms"]>[0], info: Parameters<InstanceType<typeof EdgeRectangleProgram>["setUniforms"]>[1]) {
      super.setUniforms(params, info);
      const where = (info.uniformLocations as unknown as Record<string, WebGLUniformLocation>)["u_half"];
      if (where) info.gl.uniform2f(where, params.width / 2, params.height / 2);
    }
  } as unknown as EdgeProgramType;
}
