using MarginalConditional.Glmm.Densities;
using MarginalConditional.Glmm.Effects;
using MarginalConditional.Glmm.Model;
using MarginalConditional.Glmm.Quadrature;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Glmm.LargeClusters;

/// <summary>Integrates large clusters one after the other, the rows of each on all lanes and threads. Scratch of one likelihood.</summary>
/// <remarks>
/// The sums over nodes are those of <see cref="LaneIntegrator"/>. Here all nodes are kept, for they are few beside the rows, and rows are
/// gone through again instead: at the mode, at the nodes, and at the mode once more for the gradient. Numbers in parentheses are equations
/// of docs/derivations/adaptive-quadrature.md.
/// </remarks>
internal sealed partial class LargeClusterIntegrator
{
    private readonly int p;
    private readonly int q;
    private readonly ConditionalDensity density;
    private readonly CovarianceFactor covariance;
    private readonly double[] lambda;
    private readonly NarrowGrid grids;
    private readonly bool adaptive;
    private readonly LargeClusterPasses passes;
    private readonly LargeClusterModes modes;
    private readonly double[] constants = new double[2];
    private readonly double[] inverted;
    private readonly double[] root;
    private readonly double[] deviations;
    private readonly double[] nodes;
    private readonly double[] effects;
    private readonly double[] terms;
    private readonly double[] sums;
    private readonly double[] movement;
    private readonly double[] information;
    private QuadratureGrid grid;

    /// <summary>Allocates.</summary>
    /// <param name="clusters">The large clusters of a model, at least one.</param>
    /// <param name="columns">p.</param>
    /// <param name="covariance">The parametrization of D.</param>
    /// <param name="density">Family and link.</param>
    /// <param name="point">The parameters of the evaluation.</param>
    /// <param name="grid">The nodes.</param>
    /// <param name="adaptive">Whether the nodes are centred and scaled at the modes.</param>
    /// <param name="threads">0 for all processors.</param>
    public LargeClusterIntegrator(
        IReadOnlyList<LargeCluster> clusters,
        int columns,
        CovarianceFactor covariance,
        ConditionalDensity density,
        ParameterPoint point,
        QuadratureGrid grid,
        bool adaptive,
        int threads)
    {
        (p, q) = (columns, covariance.Dimension);
        (this.density, this.covariance, this.adaptive, this.grid) = (density, covariance, adaptive, grid);
        lambda = point.Lambda(0);
        grids = new NarrowGrid(grid);
        passes = new LargeClusterPasses(clusters, columns, covariance, density, point, threads);
        modes = new LargeClusterModes(passes, lambda, q);
        var most = grids.MostNodes;
        (inverted, root, deviations) = (new double[q * q], new double[q * q], new double[q]);
        (nodes, effects, terms) = (new double[most * q], new double[most * q], new double[most]);
        sums = new double[most * (2 + p + q)];
        movement = new double[p + (2 * q) + (p * q) + (q * q) + 1 + q];
        information = new double[(p + covariance.ParameterCount) * (p + covariance.ParameterCount)];
    }

    /// <summary>û of the cluster integrated or maximized last.</summary>
    public ReadOnlySpan<double> Mode => modes.Mode;

    /// <summary>K of the cluster integrated last.</summary>
    private int Nodes => grid.Count;

    /// <summary>The log-likelihood of a cluster.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="warm">q numbers: where the mode was last; receives the mode.</param>
    /// <param name="needs">What is to be computed besides.</param>
    public double Integrate(LargeCluster cluster, Span<double> warm, EvaluationNeeds needs)
    {
        Maximize(cluster, warm);
        grid = adaptive && cluster.Narrows ? grids.For(Width(cluster)) : grids.For(double.PositiveInfinity);
        PlaceNodes();
        passes.Nodes(effects, Nodes, needs >= EvaluationNeeds.Gradient, sums);
        if (!density.IsLinearInResponse)
        {
            passes.Constants(constants);
        }

        return SumTerms() + constants[0] - (adaptive ? 0.5 * Cholesky.LogDeterminant(modes.Factor, q) : 0);
    }

    /// <summary>Finds the mode alone.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="warm">q numbers: where the mode was last; receives the mode.</param>
    public void Maximize(LargeCluster cluster, Span<double> warm)
    {
        passes.Load(cluster);
        modes.Find(warm);
        Cholesky.InvertFactor(modes.Factor, q, inverted);
        for (var a = 0; a < q; a++)
        {
            for (var d = 0; d < q; d++)
            {
                // ΛT with T = L⁻ᵀ.
                root[(a * q) + d] = Dense.Dot(lambda.AsSpan(a * q, q), inverted.AsSpan(d * q, q));
            }
        }
    }

    /// <summary>b̂ = Λû of the cluster maximized last, and the roots of the diagonal of ΛH⁻¹Λᵀ.</summary>
    public void Describe(Span<double> values, Span<double> errors)
    {
        modes.Effects.CopyTo(values);
        for (var a = 0; a < q; a++)
        {
            errors[a] = Math.Sqrt(Dense.Dot(root.AsSpan(a * q, q), root.AsSpan(a * q, q)));
        }
    }

    /// <summary>Posterior means and standard deviations of b of the cluster integrated last.</summary>
    public void Moments(Span<double> means, Span<double> spreads)
    {
        for (var a = 0; a < q; a++)
        {
            var b = effects.AsSpan(a * Nodes, Nodes);
            var mean = Dense.Dot(terms.AsSpan(0, Nodes), b);
            var variance = 0.0;
            for (var k = 0; k < b.Length; k++)
            {
                variance += terms[k] * (b[k] - mean) * (b[k] - mean);
            }

            (means[a], spreads[a]) = (mean, Math.Sqrt(variance));
        }
    }

    /// <summary>A bound of the posterior standard deviation of any row's η.</summary>
    private double Width(LargeCluster cluster)
    {
        deviations.AsSpan().Clear();
        for (var a = 0; a < q; a++)
        {
            for (var d = 0; d < q; d++)
            {
                deviations[d] += cluster.LargestDesign[a] * Math.Abs(root[(a * q) + d]);
            }
        }

        return Math.Sqrt(Dense.Dot(deviations, deviations));
    }

    /// <summary>u_k = û + Tz_k (5), or z_k at fixed places, and b_k = Λu_k: effect, then node.</summary>
    private void PlaceNodes()
    {
        for (var k = 0; k < Nodes; k++)
        {
            for (var b = 0; b < q; b++)
            {
                var sum = adaptive ? modes.Mode[b] : grid.Coordinates(b)[k];
                for (var d = b; adaptive && d < q; d++)
                {
                    sum += inverted[(d * q) + b] * grid.Coordinates(d)[k];
                }

                nodes[(b * Nodes) + k] = sum;
            }
        }

        Dense.Multiply(lambda, nodes, q, q, Nodes, effects);
    }

    /// <summary>log Σ t_k (6), leaving p_k (7).</summary>
    private double SumTerms()
    {
        var logs = adaptive ? grid.AdjustedLogWeights : grid.LogWeights;
        var top = double.NegativeInfinity;
        for (var k = 0; k < Nodes; k++)
        {
            terms[k] = logs[k] + sums[k];
            for (var b = 0; adaptive && b < q; b++)
            {
                terms[k] -= 0.5 * nodes[(b * Nodes) + k] * nodes[(b * Nodes) + k];
            }

            top = Math.Max(top, terms[k]);
        }

        var total = 0.0;
        for (var k = 0; k < Nodes; k++)
        {
            terms[k] = Math.Exp(terms[k] - top);
            total += terms[k];
        }

        for (var k = 0; k < Nodes; k++)
        {
            terms[k] /= total;
        }

        return top + Math.Log(total);
    }
}
