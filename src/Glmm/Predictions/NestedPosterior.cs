using System.Numerics.Tensors;
using MarginalConditional.Data.Frames;
using MarginalConditional.Glmm.Quadrature;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Glmm.Predictions;

/// <summary>Posterior means and standard deviations of the effects of two nested groupings: at every outer node each inner group has a quadrature of its own.</summary>
/// <remarks>The quadrature of the likelihood (Pinheiro and Chao 2006), here with the moments of the effects carried along; written for clarity, once a fit.</remarks>
internal sealed partial class NestedPosterior
{
    private readonly GlmmFit fit;
    private readonly QuadratureGrid outerGrid;
    private readonly QuadratureGrid innerGrid;
    private readonly double[] outerFactor;
    private readonly double[] innerFactor;
    private readonly int outer;
    private readonly int inner;

    private NestedPosterior(GlmmFit fit, int nodes)
    {
        this.fit = fit;
        outer = fit.Model.Levels[0].Factor.Dimension;
        inner = fit.Model.Levels[1].Factor.Dimension;
        outerGrid = new QuadratureGrid(outer, nodes);
        innerGrid = new QuadratureGrid(inner, nodes);
        outerFactor = LowerFactor(fit, 0);
        innerFactor = LowerFactor(fit, 1);
        OuterMeans = new double[fit.Model.Levels[0].GroupCount * outer];
        InnerMeans = new double[fit.Model.Levels[1].GroupCount * inner];
        OuterDeviations = new double[OuterMeans.Length];
        InnerDeviations = new double[InnerMeans.Length];
    }

    /// <summary>Posterior means of the coarser level, groups×q in the data's units.</summary>
    public double[] OuterMeans { get; }

    /// <summary>Their standard deviations.</summary>
    public double[] OuterDeviations { get; }

    /// <summary>Posterior means of the finer level.</summary>
    public double[] InnerMeans { get; }

    /// <summary>Their standard deviations.</summary>
    public double[] InnerDeviations { get; }

    /// <summary>The moments of a fit with two nested groupings.</summary>
    public static NestedPosterior Of(GlmmFit fit, int nodes)
    {
        var posterior = new NestedPosterior(fit, nodes);
        var predictor = LinearPredictor.Of(fit.Frame, fit.Coefficients);
        for (var cluster = 0; cluster < fit.Model.Levels[0].GroupCount; cluster++)
        {
            posterior.Integrate(cluster, new ClusterSystem(fit, cluster, predictor));
        }

        return posterior;
    }

    private void Integrate(int cluster, ClusterSystem system)
    {
        var groups = system.GroupsOf(1);
        var parts = Enumerable.Range(0, groups).Select(group => new InnerGroup(this, system, group)).ToArray();
        var factor = system.RootFactor.ToArray();
        var (logs, effects) = (new double[outerGrid.Count], new double[outerGrid.Count * outer]);
        var moments = new double[outerGrid.Count * groups * 2 * inner];
        for (var k = 0; k < outerGrid.Count; k++)
        {
            var v = effects.AsSpan(k * outer, outer);
            Place(outerGrid, k, factor, system.Modes.AsSpan(0, outer), v);
            logs[k] = LogWeight(outerGrid, k) - (0.5 * TensorPrimitives.SumOfSquares<double>(v));
            for (var g = 0; g < groups; g++)
            {
                logs[k] += parts[g].Integrate(v, moments.AsSpan(((k * groups) + g) * 2 * inner, 2 * inner));
            }
        }

        Normalize(logs);
        Summarize(logs, effects, outerFactor, outer, OuterMeans.AsSpan(cluster * outer, outer), OuterDeviations.AsSpan(cluster * outer, outer));
        for (var g = 0; g < groups; g++)
        {
            var at = (system.FirstGroup(1) + g) * inner;
            for (var a = 0; a < inner; a++)
            {
                var (mean, square) = (0.0, 0.0);
                for (var k = 0; k < logs.Length; k++)
                {
                    mean += logs[k] * moments[((((k * groups) + g) * 2) * inner) + a];
                    square += logs[k] * moments[(((((k * groups) + g) * 2) + 1) * inner) + a];
                }

                InnerMeans[at + a] = mean;
                InnerDeviations[at + a] = Math.Sqrt(Math.Max(0, square - (mean * mean)));
            }
        }
    }

    private static void Summarize(ReadOnlySpan<double> probabilities, ReadOnlySpan<double> effects, double[] factor, int q, Span<double> means, Span<double> deviations)
    {
        Span<double> b = stackalloc double[q];
        means.Clear();
        deviations.Clear();
        for (var k = 0; k < probabilities.Length; k++)
        {
            Dense.Multiply(factor, effects.Slice(k * q, q), b);
            for (var a = 0; a < q; a++)
            {
                means[a] += probabilities[k] * b[a];
                deviations[a] += probabilities[k] * b[a] * b[a];
            }
        }

        for (var a = 0; a < q; a++)
        {
            deviations[a] = Math.Sqrt(Math.Max(0, deviations[a] - (means[a] * means[a])));
        }
    }

    // mode + L⁻ᵀz.
    private static void Place(QuadratureGrid grid, int k, double[] factor, ReadOnlySpan<double> mode, Span<double> node)
    {
        for (var d = 0; d < node.Length; d++)
        {
            node[d] = grid.Coordinates(d)[k];
        }

        Cholesky.SolveLowerTransposed(factor, node.Length, node);
        TensorPrimitives.Add(node, mode, node);
    }

    private static double LogWeight(QuadratureGrid grid, int k) => grid.AdjustedLogWeights[k];

    private static double Normalize(double[] logs)
    {
        var largest = TensorPrimitives.Max<double>(logs);
        TensorPrimitives.Subtract(logs, largest, logs);
        TensorPrimitives.Exp<double>(logs, logs);
        var sum = TensorPrimitives.Sum<double>(logs);
        TensorPrimitives.Divide(logs, sum, logs);
        return largest + Math.Log(sum);
    }

    // L of all terms of a level, q×q, block-diagonal, in the data's units.
    private static double[] LowerFactor(GlmmFit fit, int level)
    {
        var layout = fit.Model.Levels[level].Reported;
        var start = fit.Coefficients.Length + fit.Model.Levels.Take(level).Sum(coarser => coarser.Reported.Count);
        var factor = new double[layout.Dimension * layout.Dimension];
        layout.Fill(fit.Parameters.Slice(start, layout.Count), factor);
        return factor;
    }
}
