using System.Numerics;
using System.Runtime.InteropServices;
using MarginalConditional.Glmm.Densities;

namespace MarginalConditional.Glmm.Likelihood;

/// <summary>Integrates one cluster at a time: rows, mode, nodes. The scratch of one thread; the derivatives are in the other parts.</summary>
/// <remarks>
/// Works with standardized effects u ~ N(0, I), b = Λu, η_i = a_i + v_iᵀu with v_i = Λᵀz_i, and
/// h(u) = Σ ℓ_i(η_i) − ½‖u‖². With the mode û, −h″(û) = H = LLᵀ and T = L⁻ᵀ the nodes are u_k = û + Tz_k and
/// ℓ = −log|L| + log Σ w_k exp(h(u_k) + ½‖z_k‖²) (Pinheiro and Bates 1995, equation 11). Unit normals make σ = 0 an ordinary point.
/// </remarks>
internal sealed partial class ClusterIntegrator
{
    private readonly ClusterData data;
    private readonly ConditionalDensity density;
    private readonly ParameterPoint point;
    private readonly double[] lambda;
    private readonly QuadratureGrid grid;
    private readonly bool adaptive;
    private readonly int p;
    private readonly int q;
    private readonly int rowStride;

    private readonly double[] linear;
    private readonly double[] eta;
    private readonly double[] response;
    private readonly double[] weight;
    private readonly double[] z;
    private readonly double[] v;
    private readonly double[] first;
    private readonly double[] second;
    private readonly double[] third;

    private readonly double[] mode;
    private readonly double[] posteriorMode;
    private readonly double[] posteriorRoot;
    private readonly double[] trial;
    private readonly double[] slope;
    private readonly double[] curvature;
    private readonly double[] factor;
    private readonly double[] transform;

    private readonly double[] nodeEta;
    private readonly double[] nodeLog;
    private readonly double[] nodeEffects;
    private readonly double[] nodeFirst;
    private readonly double[] nodeSecond;

    private int start;
    private int rows;
    private int rowVectors;

    /// <summary>Allocates the scratch for the largest cluster of the data.</summary>
    public ClusterIntegrator(ClusterData data, ConditionalDensity density, ParameterPoint point, int level, QuadratureGrid grid, bool adaptive)
    {
        lambda = point.Lambda(level);
        this.data = data;
        this.density = density;
        this.point = point;
        this.grid = grid;
        this.adaptive = adaptive;
        p = data.Columns;
        q = data.Dimension;
        rowStride = VectorPadding.Length(data.MaximumRows);
        linear = new double[rowStride];
        eta = new double[rowStride];
        response = new double[rowStride];
        weight = new double[rowStride];
        z = new double[rowStride * q];
        v = new double[rowStride * q];
        first = new double[rowStride];
        second = new double[rowStride];
        third = new double[rowStride];
        mode = new double[q];
        posteriorMode = new double[q];
        posteriorRoot = new double[q * q];
        trial = new double[q];
        slope = new double[q];
        curvature = new double[q * q];
        factor = new double[q * q];
        transform = new double[q * q];
        nodeEta = new double[grid.Stride];
        nodeLog = new double[grid.Stride];
        nodeEffects = new double[grid.Stride * q];
        nodeFirst = new double[grid.Stride * data.MaximumRows];
        nodeSecond = new double[grid.Stride * data.MaximumRows];
        AllocateDerivatives();
    }

    /// <summary>The mode û of the pattern integrated last.</summary>
    public ReadOnlySpan<double> PosteriorMode => posteriorMode;

    /// <summary>The upper triangular T with TTᵀ = H⁻¹, q×q by row, of the pattern integrated last.</summary>
    public ReadOnlySpan<double> PosteriorRoot => posteriorRoot;

    /// <summary>The log-likelihood of one pattern.</summary>
    /// <param name="pattern">Which.</param>
    /// <param name="warm">Where its mode was last; receives the mode.</param>
    /// <param name="needs">What is to be computed besides.</param>
    /// <param name="shift">Added to the linear predictor of each row: the effects of coarser levels; empty for none.</param>
    public double Integrate(int pattern, Span<double> warm, EvaluationNeeds needs, ReadOnlySpan<double> shift = default)
    {
        Load(pattern);
        for (var i = 0; i < shift.Length; i++)
        {
            linear[i] += shift[i];
        }

        warm.CopyTo(mode);
        FindMode();
        mode.CopyTo(warm);
        mode.CopyTo(posteriorMode, 0);
        if (!adaptive)
        {
            mode.AsSpan().Clear();
        }

        var logDeterminant = PlaceNodes();
        return SumNodes(needs >= EvaluationNeeds.Information) - logDeterminant + DispersionConstant();
    }

    private static Span<Vector<double>> Vectors(double[] values, int start, int count) =>
        MemoryMarshal.Cast<double, Vector<double>>(values.AsSpan(start, count * Vector<double>.Count));

    private Span<Vector<double>> RowVectors(double[] values, int column = 0) => Vectors(values, column * rowStride, rowVectors);

    private Span<Vector<double>> NodeVectors(double[] values, int line = 0) => Vectors(values, line * grid.Stride, grid.Vectors);

    private static void AddScaled(double amount, ReadOnlySpan<Vector<double>> source, Span<Vector<double>> target)
    {
        source = source[..target.Length];
        var scale = new Vector<double>(amount);
        for (var k = 0; k < target.Length; k++)
        {
            target[k] += scale * source[k];
        }
    }

    private static double DotRows(ReadOnlySpan<Vector<double>> a, ReadOnlySpan<Vector<double>> b)
    {
        b = b[..a.Length];
        var sum = Vector<double>.Zero;
        for (var i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return Vector.Sum(sum);
    }
}
