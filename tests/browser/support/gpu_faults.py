"""Faults of the GPU itself, injected into the worker's own WebGPU objects."""

from tests.browser.support.faulty_server import FaultyServer, preceded_by
from tests.browser.support.wire import Wire

# Keeps every device that the worker is given, and can make the queue refuse work.
PRELUDE = """
globalThis.gpuFault = { devices: [], refusals: 0, refused: 0 };
if (globalThis.GPUAdapter) {
  const requestDevice = GPUAdapter.prototype.requestDevice;
  GPUAdapter.prototype.requestDevice = async function (...given) {
    const device = await requestDevice.apply(this, given);
    gpuFault.devices.push(device);
    return device;
  };
  const submit = GPUQueue.prototype.submit;
  GPUQueue.prototype.submit = function (...given) {
    if (gpuFault.refusals > 0) {
      gpuFault.refusals -= 1;
      gpuFault.refused += 1;
      throw new Error("injected: the queue refuses");
    }
    return submit.apply(this, given);
  };
}
"""


def install(server: FaultyServer) -> None:
    """Serve the worker with the prelude in front."""
    server.break_path("/worker/worker.js", preceded_by(PRELUDE))


def destroy_devices(wire: Wire) -> int:
    """Destroy every device that the worker holds, as a driver reset would; returns how many."""
    script = "() => gpuFault.devices.splice(0).map((d) => d.destroy()).length"
    return int(wire.worker.evaluate(script))


def refuse_next_submit(wire: Wire) -> None:
    """The next piece of work handed to the GPU throws."""
    wire.worker.evaluate("() => { gpuFault.refusals = 1; }")


def refused(wire: Wire) -> int:
    """How often the queue has refused."""
    return int(wire.worker.evaluate("() => gpuFault.refused"))
