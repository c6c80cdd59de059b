using System.Runtime.Intrinsics;
using MarginalConditional.Glmm.Densities;
using MarginalConditional.Glmm.Effects;
using MarginalConditional.Glmm.Model;
using MarginalConditional.Glmm.Quadrature;

namespace MarginalConditional.Glmm.Likelihood;

/// <summary>
/// What a likelihood of one grouping is worked out with beside its data: the parameters of the evaluation, integrators, sums. Of models
/// alike many follow one another, so each thread keeps the one that was given back last for the next fit.
/// </summary>
/// <remarks>Whatever is read was written before in the same evaluation: numbers come as another fit left them.</remarks>
internal sealed class LaneWorkspace
{
    /// <summary>Larger clusters take so long that their scratch is not worth being kept.</summary>
    private const int MostRowsKept = 64;

    [ThreadStatic]
    private static LaneWorkspace? kept;

    private readonly int columns;
    private readonly int inflation;
    private readonly CovarianceFactor factor;
    private readonly ConditionalDensity density;
    private readonly QuadratureGrid grid;
    private readonly bool adaptive;
    private readonly int mostRows;
    private readonly ScratchPool<LaneIntegrator> integrators;
    private Vector256<double>[] sums = [];
    private Vector256<double>[] modes = [];

    private LaneWorkspace(
        int columns, int inflation, CovarianceFactor factor, ConditionalDensity density, QuadratureGrid grid, bool adaptive, int mostRows)
    {
        (this.columns, this.inflation, this.adaptive, this.mostRows) = (columns, inflation, adaptive, mostRows);
        (this.factor, this.density, this.grid) = (factor, density, grid);
        Point = new ParameterPoint(columns, [factor], inflation);
        integrators = new ScratchPool<LaneIntegrator>(
            () => new LaneIntegrator(columns, factor, density, Point, 0, grid, adaptive, mostRows));
    }

    /// <summary>The parameters of the evaluation.</summary>
    public ParameterPoint Point { get; }

    /// <summary>The integrators of the threads.</summary>
    public ScratchPool<LaneIntegrator> Integrators => integrators;

    /// <summary>Takes the thread's workspace if it serves this model, else makes one.</summary>
    /// <param name="data">The patterns.</param>
    /// <param name="density">Family and link.</param>
    /// <param name="grid">The nodes.</param>
    /// <param name="adaptive">Whether the nodes are centred and scaled at the modes.</param>
    /// <param name="mostRows">The rows of the longest pattern in lanes.</param>
    public static LaneWorkspace Take(ClusterData data, ConditionalDensity density, QuadratureGrid grid, bool adaptive, int mostRows)
    {
        if (kept is { } own && own.Serves(data, density, grid, adaptive, mostRows))
        {
            kept = null;
            return own;
        }

        return new LaneWorkspace(data.Columns, data.InflationColumns, data.Factor, density, grid, adaptive, mostRows);
    }

    /// <summary>Gives it back for the next fit; whoever has it must not use it any more.</summary>
    public void Return()
    {
        if (mostRows <= MostRowsKept)
        {
            kept = this;
        }
    }

    /// <summary>Room for sums, of any content.</summary>
    /// <param name="count">As many vectors.</param>
    public Span<Vector256<double>> Sums(int count)
    {
        if (sums.Length < count)
        {
            sums = new Vector256<double>[count];
        }

        return sums.AsSpan(0, count);
    }

    /// <summary>Room for modes, which start at zero.</summary>
    /// <param name="count">As many vectors.</param>
    public Memory<Vector256<double>> Modes(int count)
    {
        if (modes.Length < count)
        {
            modes = new Vector256<double>[count];
        }

        modes.AsSpan(0, count).Clear();
        return modes.AsMemory(0, count);
    }

    private bool Serves(ClusterData data, ConditionalDensity density, QuadratureGrid grid, bool adaptive, int mostRows) =>
        columns == data.Columns && inflation == data.InflationColumns && factor == data.Factor && this.density == density
        && this.grid == grid && this.adaptive == adaptive && this.mostRows >= mostRows;
}
