using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using MarginalConditional.Glmm.Densities;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Glmm.Likelihood;

/// <summary>Integrates one cluster at a time: rows, mode, nodes. The scratch of one thread; the derivatives are in the other parts.</summary>
/// <remarks>
/// Works with standardized effects u ~ N(0, I), b = Λu, η_i = a_i + v_iᵀu with v_i = Λᵀz_i, and
/// h(u) = Σ ℓ_i(η_i) − ½‖u‖². With the mode û, −h″(û) = H = LLᵀ and T = L⁻ᵀ the nodes are u_k = û + Tz_k and
/// ℓ = −log|L| + log Σ w_k exp(h(u_k) + ½‖z_k‖²) (Pinheiro and Bates 1995, equation 11). Unit normals make σ = 0 an ordinary point.
/// </remarks>
internal sealed partial class ClusterIntegrator
{
    // A Newton step this short (in posterior standard deviations) leaves an error of its square.
    private const double LastStep = 1e-6;
    private const int MaximumModeSteps = 200;

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
        rowStride = (data.MaximumRows + Vector<double>.Count - 1) / Vector<double>.Count * Vector<double>.Count;
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

    /// <summary>The posterior mean and standard deviation of b = Λu in the pattern integrated last.</summary>
    public void PosteriorMoments(Span<double> means, Span<double> deviations)
    {
        var terms = NodeVectors(nodeLog);
        var values = NodeVectors(nodeEta);
        for (var a = 0; a < q; a++)
        {
            values.Clear();
            for (var b = a; b < q; b++)
            {
                AddScaled(lambda[(a * q) + b], NodeVectors(nodeEffects, b), values);
            }

            means[a] = DotRows(terms, values);
            var square = Vector<double>.Zero;
            var mean = new Vector<double>(means[a]);
            for (var k = 0; k < terms.Length; k++)
            {
                square += terms[k] * (values[k] - mean) * (values[k] - mean);
            }

            deviations[a] = Math.Sqrt(Vector.Sum(square));
        }
    }

    private static Span<Vector<double>> Vectors(double[] values, int start, int count) =>
        MemoryMarshal.Cast<double, Vector<double>>(values.AsSpan(start, count * Vector<double>.Count));

    private Span<Vector<double>> RowVectors(double[] values, int column = 0) => Vectors(values, column * rowStride, rowVectors);

    private Span<Vector<double>> NodeVectors(double[] values, int line = 0) => Vectors(values, line * grid.Stride, grid.Vectors);

    private void Load(int pattern)
    {
        start = data.PatternOffsets[pattern];
        rows = data.PatternOffsets[pattern + 1] - start;
        rowVectors = (rows + Vector<double>.Count - 1) / Vector<double>.Count;
        var padded = rowVectors * Vector<double>.Count;
        var beta = point.Coefficients;
        for (var i = 0; i < rows; i++)
        {
            var x = data.Design.AsSpan((start + i) * p, p);
            var sum = data.Offset[start + i];
            for (var j = 0; j < x.Length; j++)
            {
                sum += x[j] * beta[j];
            }

            linear[i] = sum;
            response[i] = data.Response[start + i];
            weight[i] = data.Weight[start + i];
            for (var b = 0; b < q; b++)
            {
                z[(b * rowStride) + i] = data.RandomDesign[((start + i) * q) + b];
                var effect = 0.0;
                for (var a = 0; a <= b; a++)
                {
                    effect += lambda[(a * q) + b] * data.RandomDesign[((start + i) * q) + a];
                }

                v[(b * rowStride) + i] = effect;
            }
        }

        for (var i = rows; i < padded; i++)
        {
            // Padding rows have no weight, so whatever is finite will do.
            linear[i] = weight[i] = 0;
            response[i] = rows > 0 ? response[0] : 0;
            for (var b = 0; b < q; b++)
            {
                z[(b * rowStride) + i] = v[(b * rowStride) + i] = 0;
            }
        }
    }

    // Newton's method on h from a warm start. For log-concave densities H exceeds the identity, so the step always exists.
    private void FindMode()
    {
        var value = Height(mode);
        for (var iteration = 0; iteration < MaximumModeSteps; iteration++)
        {
            Curvature();
            curvature.CopyTo(factor, 0);
            if (!Cholesky.TryFactor(factor, q, out _))
            {
                RaiseCurvature();
            }

            slope.CopyTo(trial, 0);
            Cholesky.Solve(factor, q, trial);
            var decrement = 0.0;
            for (var b = 0; b < q; b++)
            {
                decrement += slope[b] * trial[b];
            }

            var last = !(decrement > LastStep * LastStep);
            value = Step(value, last);
            if (last)
            {
                break;
            }
        }

        Shift(mode);
        density.AlongRows(RowVectors(response), RowVectors(weight), point.Dispersion, RowVectors(eta), RowVectors(first), RowVectors(second), RowVectors(third));
        Curvature();
        curvature.CopyTo(factor, 0);
        if (!Cholesky.TryFactor(factor, q, out _))
        {
            RaiseCurvature();
        }
    }

    // Moves the mode by the step in `trial`, halved until h no longer falls; the last, tiny step is not checked.
    private double Step(double value, bool last)
    {
        if (last)
        {
            for (var b = 0; b < q; b++)
            {
                mode[b] += trial[b];
            }

            return value;
        }

        for (var halving = 0; ; halving++)
        {
            for (var b = 0; b < q; b++)
            {
                mode[b] += trial[b];
            }

            var next = Height(mode);
            if (next >= value - (1e-12 * Math.Abs(value)) || halving == 40)
            {
                return next;
            }

            for (var b = 0; b < q; b++)
            {
                mode[b] -= trial[b];
                trial[b] *= 0.5;
            }
        }
    }

    // A density that is not log-concave can make H indefinite away from the mode: then raise it until it is not.
    private void RaiseCurvature()
    {
        for (var shift = 1.0; shift < 1e300; shift *= 4)
        {
            curvature.CopyTo(factor, 0);
            for (var b = 0; b < q; b++)
            {
                factor[(b * q) + b] += shift;
            }

            if (Cholesky.TryFactor(factor, q, out _))
            {
                return;
            }
        }
    }

    private void Shift(ReadOnlySpan<double> effects)
    {
        var target = RowVectors(eta);
        RowVectors(linear).CopyTo(target);
        for (var b = 0; b < q; b++)
        {
            var direction = RowVectors(v, b);
            var amount = new Vector<double>(effects[b]);
            for (var i = 0; i < target.Length; i++)
            {
                target[i] += direction[i] * amount;
            }
        }
    }

    // h(u), leaving ℓ′ and ℓ″ of the rows and ∂h/∂u.
    private double Height(ReadOnlySpan<double> effects)
    {
        Shift(effects);
        var value = density.AlongRows(RowVectors(response), RowVectors(weight), point.Dispersion, RowVectors(eta), RowVectors(first), RowVectors(second));
        for (var b = 0; b < q; b++)
        {
            slope[b] = DotRows(RowVectors(first), RowVectors(v, b)) - effects[b];
            value -= 0.5 * effects[b] * effects[b];
        }

        return value;
    }

    // H = I − Σ ℓ″ v vᵀ.
    private void Curvature()
    {
        var weights = RowVectors(second);
        for (var b = 0; b < q; b++)
        {
            var left = RowVectors(v, b);
            for (var c = 0; c <= b; c++)
            {
                var right = RowVectors(v, c);
                var sum = Vector<double>.Zero;
                for (var i = 0; i < weights.Length; i++)
                {
                    sum += weights[i] * left[i] * right[i];
                }

                var entry = (b == c ? 1 : 0) - Vector.Sum(sum);
                curvature[(b * q) + c] = entry;
                curvature[(c * q) + b] = entry;
            }
        }
    }

    // T and the effects at every node; returns log|L|.
    private double PlaceNodes()
    {
        InvertFactor();
        if (!adaptive)
        {
            transform.AsSpan().Clear();
            for (var b = 0; b < q; b++)
            {
                transform[(b * q) + b] = 1;
                grid.Nodes(b).CopyTo(NodeVectors(nodeEffects, b));
            }

            return 0;
        }

        posteriorRoot.CopyTo(transform, 0);
        var logDeterminant = 0.0;
        for (var b = 0; b < q; b++)
        {
            logDeterminant += Math.Log(factor[(b * q) + b]);
            var effects = NodeVectors(nodeEffects, b);
            effects.Fill(new Vector<double>(mode[b]));
            for (var d = b; d < q; d++)
            {
                AddScaled(transform[(b * q) + d], grid.Nodes(d), effects);
            }
        }

        return logDeterminant;
    }

    // T = L⁻ᵀ, upper triangular.
    private void InvertFactor()
    {
        posteriorRoot.AsSpan().Clear();
        for (var d = 0; d < q; d++)
        {
            // Column d of L⁻ᵀ.
            for (var b = d; b >= 0; b--)
            {
                var sum = b == d ? 1.0 : 0.0;
                for (var c = b + 1; c <= d; c++)
                {
                    sum -= factor[(c * q) + b] * posteriorRoot[(c * q) + d];
                }

                posteriorRoot[(b * q) + d] = sum / factor[(b * q) + b];
            }
        }
    }

    // The log of the weighted sum over nodes; leaves the normalized terms p_k in `nodeLog` and ℓ′ (and ℓ″) of every row at every node.
    private double SumNodes(bool withSecond)
    {
        var logs = NodeVectors(nodeLog);
        (adaptive ? grid.AdjustedLogWeights : grid.LogWeights).CopyTo(logs);
        if (adaptive)
        {
            var half = new Vector<double>(0.5);
            for (var b = 0; b < q; b++)
            {
                var effects = NodeVectors(nodeEffects, b);
                for (var k = 0; k < logs.Length; k++)
                {
                    logs[k] -= half * effects[k] * effects[k];
                }
            }
        }

        Shift(mode);
        var predictor = NodeVectors(nodeEta);
        for (var i = 0; i < rows; i++)
        {
            predictor.Fill(new Vector<double>(eta[i]));
            for (var d = 0; d < q; d++)
            {
                var along = 0.0;
                for (var b = 0; b <= d; b++)
                {
                    along += transform[(b * q) + d] * v[(b * rowStride) + i];
                }

                AddScaled(along, grid.Nodes(d), predictor);
            }

            if (withSecond)
            {
                density.AlongNodes(response[i], weight[i], point.Dispersion, predictor, logs, NodeVectors(nodeFirst, i), NodeVectors(nodeSecond, i));
            }
            else
            {
                density.AlongNodes(response[i], weight[i], point.Dispersion, predictor, logs, NodeVectors(nodeFirst, i));
            }
        }

        return Normalize(logs);
    }

    private double Normalize(Span<Vector<double>> logs)
    {
        var largest = TensorPrimitives.Max(nodeLog.AsSpan(0, grid.Count));
        var top = new Vector<double>(largest);
        var total = Vector<double>.Zero;
        for (var k = 0; k < logs.Length; k++)
        {
            var term = Vector.Exp(logs[k] - top);
            logs[k] = term;
            total += term;
        }

        var sum = Vector.Sum(total);
        var scale = new Vector<double>(1 / sum);
        for (var k = 0; k < logs.Length; k++)
        {
            logs[k] *= scale;
        }

        return largest + Math.Log(sum);
    }

    private double DispersionConstant()
    {
        constantSlope = 0;
        if (density.IsLinearInResponse)
        {
            return 0;
        }

        var sum = 0.0;
        for (var i = 0; i < rows; i++)
        {
            sum += weight[i] * density.Constant(response[i], point.Dispersion, out var derivative);
            constantSlope += weight[i] * derivative;
        }

        return sum;
    }

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
