"""Faults of the GPU itself, injected into the worker's own WebGPU objects."""

from playwright.sync_api import Worker

from tests.browser.support.faulty_server import FaultyServer, preceded_by

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


def destroy_devices(worker: Worker) -> int:
    """Destroy every device that the worker holds, as a driver reset would; returns how many."""
    script = "() => gpuFault.devices.splice(0).map((d) => d.destroy()).length"
    return int(worker.evaluate(script))


def refuse_next_submit(worker: Worker) -> None:
    """The next piece of work handed to the GPU throws."""
    worker.evaluate("() => { gpuFault.refusals = 1; }")


def refused(worker: Worker) -> int:
    """How often the queue has refused."""
    return int(worker.evaluate("() => gpuFault.refused"))
