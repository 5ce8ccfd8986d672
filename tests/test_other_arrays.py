"""Arrays that are not NumPy's: the ufunc protocol hands them on."""

import dask.array
import numpy as np
import xarray
from distributed import Client, LocalCluster

import edgeact as ea

X = np.linspace(-4, 4, 40, dtype=np.float32).reshape(4, 10)
SLOPE = np.float32([[0.1], [0.2], [0.3], [0.4]])


def test_xarray_keeps_names_and_coordinates():
    x = xarray.DataArray(X, dims=["channel", "time"], coords={"channel": list("abcd")})
    y = ea.prelu(x, xarray.DataArray(SLOPE[:, 0], dims=["channel"]))
    assert y.dims == x.dims
    assert list(y.channel.values) == list("abcd")
    np.testing.assert_array_equal(y.values, ea.prelu(X, SLOPE))


def test_dask_on_its_distributed_scheduler():
    """The workers are processes of their own: the ufuncs travel by name."""
    cluster = LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None)
    with cluster, Client(cluster):
        y = ea.exact.gelu(ea.prelu(dask.array.from_array(X, chunks=(2, 5)), SLOPE))
        assert isinstance(y, dask.array.Array)
        result = y.compute()
    assert result.dtype == np.float32
    np.testing.assert_array_equal(result, ea.exact.gelu(ea.prelu(X, SLOPE)))
