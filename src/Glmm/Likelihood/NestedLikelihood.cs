using MarginalConditional.Glmm.Densities;
using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Glmm.Likelihood;

/// <summary>The log-likelihood of a model with two nested groupings: an outer quadrature whose integrand is a product of inner quadratures.</summary>
internal sealed class NestedLikelihood : HierarchicalLikelihood
{
    private readonly ClusterData data;
    private readonly ConditionalDensity density;
    private readonly double fixedDispersion;
    private readonly bool adaptive;
    private readonly int threads;
    private readonly QuadratureGrid outerGrid;
    private readonly QuadratureGrid innerGrid;
    private readonly ParameterPoint point;
    private readonly NestedModes modes;
    private readonly ClusterChunks chunks;
    private readonly double[] sums;
    private readonly Stack<NestedIntegrator> idle = new();
    private readonly Action<int> work;
    private EvaluationNeeds needs;

    /// <summary>Prepares evaluations; the clusters of the data are the groups of the finer level.</summary>
    public NestedLikelihood(ClusterData data, Hierarchy hierarchy, ConditionalDensity density, double fixedDispersion, int nodes, bool adaptive, int threads)
        : base(hierarchy)
    {
        this.data = data;
        this.density = density;
        this.fixedDispersion = fixedDispersion;
        this.adaptive = adaptive;
        this.threads = threads;
        var outer = hierarchy.Levels[0];
        var inner = hierarchy.Levels[1];
        outerGrid = new QuadratureGrid(outer.Factor.Dimension, nodes);
        innerGrid = new QuadratureGrid(inner.Factor.Dimension, nodes);
        point = new ParameterPoint(data.Columns, [outer.Factor, inner.Factor]);
        modes = new NestedModes(new double[outer.GroupCount * outer.Factor.Dimension], new double[inner.GroupCount * inner.Factor.Dimension]);
        chunks = new ClusterChunks(outer.ClusterOffsets);
        ParameterCount = data.Columns + outer.Factor.ParameterCount + inner.Factor.ParameterCount + (density.HasFreeDispersion ? 1 : 0);
        sums = new double[chunks.Count * (1 + ParameterCount)];
        work = RunChunk;
    }

    /// <inheritdoc/>
    public override int ParameterCount { get; }

    /// <inheritdoc/>
    public override double Evaluate(ReadOnlySpan<double> parameters, EvaluationNeeds needs, Span<double> gradient, Span<double> information)
    {
        point.Set(parameters, density.HasFreeDispersion, fixedDispersion);
        this.needs = needs;
        sums.AsSpan().Clear();
        chunks.Run(threads, work);
        var stride = 1 + ParameterCount;
        var total = sums.AsSpan(0, stride);
        for (var chunk = 1; chunk < chunks.Count; chunk++)
        {
            Dense.AddScaled(1, sums.AsSpan(chunk * stride, stride), total);
        }

        if (needs >= EvaluationNeeds.Gradient)
        {
            total[1..].CopyTo(gradient);
        }

        return total[0] + data.Constant;
    }

    /// <inheritdoc/>
    public override void StartFrom(MarginalLikelihood other)
    {
        if (other is NestedLikelihood same)
        {
            same.modes.Outer.CopyTo(modes.Outer, 0);
            same.modes.Inner.CopyTo(modes.Inner, 0);
        }
    }

    private void RunChunk(int chunk)
    {
        var integrator = Rent();
        var m = ParameterCount;
        var sum = sums.AsSpan(chunk * (1 + m), 1 + m);
        for (var cluster = chunks.Start(chunk); cluster < chunks.End(chunk); cluster++)
        {
            sum[0] += integrator.Integrate(cluster, modes, needs);
            if (WantedScores is not null)
            {
                integrator.AddGradient(WantedScores.AsSpan(cluster * m, m));
            }
            else if (needs >= EvaluationNeeds.Gradient)
            {
                integrator.AddGradient(sum[1..]);
            }

            if (WantedModes is not null)
            {
                integrator.Describe(WantedModes);
            }
        }

        lock (idle)
        {
            idle.Push(integrator);
        }
    }

    private NestedIntegrator Rent()
    {
        lock (idle)
        {
            if (idle.TryPop(out var integrator))
            {
                return integrator;
            }
        }

        return new NestedIntegrator(data, Hierarchy, density, point, outerGrid, innerGrid, adaptive);
    }
}
