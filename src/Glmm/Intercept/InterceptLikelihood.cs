using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MarginalConditional.Glmm.Effects;
using MarginalConditional.Glmm.Model;
using MarginalConditional.Statistics.Functions;
using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Glmm.Intercept;

/// <summary>
/// The log-likelihood of an <see cref="InterceptModel"/> in its scaled parameters, with gradient and information. Keeps the modes between
/// evaluations; for one thread at a time, which may use others.
/// </summary>
public sealed class InterceptLikelihood
{
    private readonly InterceptModel model;
    private readonly int threads;
    private readonly int m;
    private readonly Vector256<double>[] modes;
    private readonly Vector256<double>[] regression;
    private readonly Vector256<double>[] sums;
    private readonly ScratchPool<InterceptIntegrator> scratch;
    private readonly double[] constants;
    private readonly double[] parameters;
    private PatternDerivatives? kept;
    private FunctionTable? table;

    internal InterceptLikelihood(InterceptModel model, int nodes, int threads)
    {
        this.model = model;
        this.threads = threads;
        m = model.ParameterCount;
        var data = model.Data;
        modes = new Vector256<double>[model.Lanes.Blocks];
        regression = new Vector256<double>[model.Lanes.Response.Length];
        sums = new Vector256<double>[model.Lanes.Chunks.Count * SumStride];
        constants = new double[model.Deviations * model.Law.ConstantCount];
        parameters = new double[m];
        scratch = new ScratchPool<InterceptIntegrator>(() => new InterceptIntegrator(
            new InterceptBlock(model.Lanes, data.Columns, model.Density, model.Law, model.Mean is not null, data.MaximumRows), nodes));
        Nodes = nodes;
    }

    /// <summary>The number of quadrature nodes.</summary>
    public int Nodes { get; }

    private int SumStride => 1 + m + (m * m);

    /// <summary>ℓ with all constants, its gradient and information; not a number where σ is not allowed.</summary>
    /// <param name="point">m scaled parameters.</param>
    /// <param name="gradient">Receives m numbers.</param>
    /// <param name="information">Receives m×m numbers.</param>
    public double Evaluate(ReadOnlySpan<double> point, Span<double> gradient, Span<double> information)
    {
        if (!Prepare(point))
        {
            return double.NaN;
        }

        sums.AsSpan().Clear();
        model.Lanes.Chunks.Run(threads, RunChunk);
        var total = sums.AsSpan(0, SumStride);
        for (var chunk = 1; chunk < model.Lanes.Chunks.Count; chunk++)
        {
            LaneSum(sums.AsSpan(chunk * SumStride, SumStride), total);
        }

        for (var j = 0; j < m; j++)
        {
            gradient[j] = Vector256.Sum(total[1 + j]);
        }

        for (var j = 0; j < m * m; j++)
        {
            information[j] = Vector256.Sum(total[1 + m + j]);
        }

        Dense.MirrorLower(information, m);
        return Vector256.Sum(total[0]) + model.Data.Constant;
    }

    /// <summary>As above, and the gradient of every cluster's log-likelihood, with its information where that is wanted.</summary>
    /// <param name="point">m scaled parameters.</param>
    /// <param name="gradient">Receives m numbers.</param>
    /// <param name="information">Receives m×m numbers.</param>
    /// <param name="scores">Receives clusters×m numbers by row.</param>
    /// <param name="informations">Receives clusters matrices m×m; nothing when it is empty.</param>
    public double Evaluate(
        ReadOnlySpan<double> point, Span<double> gradient, Span<double> information, Span<double> scores, Span<double> informations)
    {
        kept = new PatternDerivatives(model, !informations.IsEmpty);
        var value = Evaluate(point, gradient, information);
        kept.CopyTo(scores, informations);
        kept = null;
        return value;
    }

    /// <summary>Starts the search of the modes at those of a likelihood of the same model.</summary>
    /// <param name="other">With any number of nodes.</param>
    public void StartAt(InterceptLikelihood other)
    {
        ArgumentNullException.ThrowIfNull(other);
        other.modes.CopyTo(modes, 0);
    }

    private static void LaneSum(ReadOnlySpan<Vector256<double>> part, Span<Vector256<double>> total)
    {
        for (var j = 0; j < total.Length; j++)
        {
            total[j] += part[j];
        }
    }

    private bool Prepare(ReadOnlySpan<double> point)
    {
        point.CopyTo(parameters);
        var p = model.Data.Columns;
        for (var g = 0; g < model.Deviations; g++)
        {
            var sigma = point[p + g];
            if (!double.IsFinite(sigma) || (!(sigma > 0) && (model.Mean is not null || !model.Law.IsScaleFamily)))
            {
                return false;
            }

            model.Law.Prepare(sigma, constants.AsSpan(g * model.Law.ConstantCount, model.Law.ConstantCount));
        }

        model.Lanes.Chunks.Run(threads, FillRegression);
        if (model.Mean is { } mean)
        {
            var spread = point[p];
            table = FunctionTable.For(6, MemoryMarshal.Cast<Vector256<double>, double>(regression), (target, values) =>
            {
                var inverse = mean.Inverse(target, spread);
                (values[0], values[1], values[2]) = (inverse.Predictor, inverse.Slope, inverse.Curvature);
                (values[3], values[4], values[5]) = (inverse.SpreadSlope, inverse.MixedSlope, inverse.SpreadCurvature);
            });
        }

        return true;
    }

    /// <summary>xβ + offset of the rows of a chunk.</summary>
    private void FillRegression(int chunk)
    {
        var lanes = model.Lanes;
        var p = model.Data.Columns;
        var last = lanes.RowOffsets[lanes.Chunks.End(chunk)];
        for (var row = lanes.RowOffsets[lanes.Chunks.Start(chunk)]; row < last; row++)
        {
            var x = lanes.Design.AsSpan(row * p, p);
            var sum = lanes.Offset[row];
            for (var j = 0; j < x.Length; j++)
            {
                sum += x[j] * parameters[j];
            }

            regression[row] = sum;
        }
    }

    private void RunChunk(int chunk)
    {
        var lanes = model.Lanes;
        var integrator = scratch.Rent();
        var p = model.Data.Columns;
        var sum = sums.AsSpan(chunk * SumStride, SumStride);
        var gradient = new Vector256<double>[p + 1];
        var information = new Vector256<double>[(p + 1) * (p + 1)];
        Span<int> groups = stackalloc int[Vector256<double>.Count];
        for (var block = lanes.Chunks.Start(chunk); block < lanes.Chunks.End(chunk); block++)
        {
            CancellationScope.Check();
            var patterns = lanes.Patterns(block);
            for (var lane = 0; lane < patterns.Length; lane++)
            {
                groups[lane] = model.GroupOf(patterns[lane]);
            }

            integrator.Block.Load(block, constants, groups[..patterns.Length]);
            FillPredictors(integrator.Block, lanes.RowOffsets[block]);
            sum[0] += lanes.Multiplicity[block] * integrator.Integrate(ref modes[block]);
            integrator.Scores(gradient);
            integrator.Information(information);
            Add(lanes.Multiplicity[block], groups[..patterns.Length], gradient, information, sum);
            kept?.Keep(patterns, groups, gradient, information);
        }

        scratch.Return(integrator);
    }

    /// <summary>Δ of the rows of a block, with its derivatives.</summary>
    private void FillPredictors(InterceptBlock block, int start)
    {
        var own = regression.AsSpan(start, block.Rows);
        if (!block.IsMarginal)
        {
            own.CopyTo(block.Predictor);
            return;
        }

        var arguments = MemoryMarshal.Cast<Vector256<double>, double>(own);
        var predictor = Numbers(block.Predictor);
        var slope = Numbers(block.Slope);
        var curvature = Numbers(block.Curvature);
        var spreadSlope = Numbers(block.SpreadSlope);
        var mixedSlope = Numbers(block.MixedSlope);
        var spreadCurvature = Numbers(block.SpreadCurvature);
        Span<double> values = stackalloc double[6];
        for (var i = 0; i < arguments.Length; i++)
        {
            table!.At(arguments[i], values);
            predictor[i] = values[0];
            slope[i] = values[1];
            curvature[i] = values[2];
            spreadSlope[i] = values[3];
            mixedSlope[i] = values[4];
            spreadCurvature[i] = values[5];
        }
    }

    private static Span<double> Numbers(Vector256<double>[] vectors) => MemoryMarshal.Cast<Vector256<double>, double>(vectors.AsSpan());

    /// <summary>Adds what a block found to the sums of its chunk, the last parameter of each lane to that of its group.</summary>
    private void Add(
        Vector256<double> multiplicity,
        ReadOnlySpan<int> groups,
        ReadOnlySpan<Vector256<double>> gradient,
        ReadOnlySpan<Vector256<double>> information,
        Span<Vector256<double>> sum)
    {
        var p = model.Data.Columns;
        for (var j = 0; j < p; j++)
        {
            sum[1 + j] += multiplicity * gradient[j];
            for (var l = 0; l <= j; l++)
            {
                sum[1 + m + (j * m) + l] += multiplicity * information[(j * (p + 1)) + l];
            }
        }

        for (var g = 0; g < model.Deviations; g++)
        {
            var share = model.Deviations == 1 ? multiplicity : Members(groups, g) * multiplicity;
            sum[1 + p + g] += share * gradient[p];
            for (var l = 0; l < p; l++)
            {
                sum[1 + m + ((p + g) * m) + l] += share * information[(p * (p + 1)) + l];
            }

            sum[1 + m + ((p + g) * m) + p + g] += share * information[(p * (p + 1)) + p];
        }
    }

    private static Vector256<double> Members(ReadOnlySpan<int> groups, int group)
    {
        var members = Vector256<double>.Zero;
        for (var lane = 0; lane < groups.Length; lane++)
        {
            members = members.WithElement(lane, groups[lane] == group ? 1 : 0);
        }

        return members;
    }
}
