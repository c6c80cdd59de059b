using MarginalConditional.Glmm.Densities;
using MarginalConditional.Glmm.Effects;
using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Glmm.Likelihood;

/// <summary>
/// A likelihood over nested groupings that visits every distinct top-level group
/// once an evaluation: the scores and posterior modes are gathered on the way.
/// </summary>
internal abstract class HierarchicalLikelihood : MarginalLikelihood
{
    private readonly double fixedDispersion;
    private readonly int threads;
    private readonly double[] sums;
    private readonly ScratchPool<GroupIntegrator> scratch;
    private readonly Action<int> work;
    private EvaluationNeeds needs;
    private double[]? wantedScores;
    private Action<GroupIntegrator>? visitor;

    /// <summary>Prepares evaluations.</summary>
    /// <param name="tree">The groupings with their rows.</param>
    /// <param name="density">Family and link.</param>
    /// <param name="fixedDispersion">φ where it is not estimated.</param>
    /// <param name="threads">0 for all processors.</param>
    protected HierarchicalLikelihood(GroupTree tree, ConditionalDensity density, double fixedDispersion, int threads)
    {
        Tree = tree;
        Density = density;
        this.fixedDispersion = fixedDispersion;
        this.threads = threads;
        Point = new ParameterPoint(tree.Data.Columns, [.. tree.Levels.Select(level => level.Factor)], tree.Data.InflationColumns);
        Modes = [.. tree.Levels.Select((level, l) => new double[tree.NodeCount(l) * level.Factor.Dimension])];
        ParameterCount = tree.Data.Columns + tree.Levels.Sum(level => level.Factor.ParameterCount) + tree.Data.InflationColumns
            + (density.HasFreeDispersion ? 1 : 0);
        sums = new double[tree.Chunks.Count * (1 + ParameterCount)];
        scratch = new ScratchPool<GroupIntegrator>(CreateIntegrator);
        work = RunChunk;
    }

    /// <inheritdoc/>
    public sealed override int ParameterCount { get; }

    /// <inheritdoc/>
    public override bool HasInformation => false;

    /// <inheritdoc/>
    public override int Clusters => Tree.Levels[0].GroupCount;

    /// <summary>The groupings with their rows.</summary>
    protected GroupTree Tree { get; }

    /// <summary>Family and link.</summary>
    protected ConditionalDensity Density { get; }

    /// <summary>The parameters of the evaluation.</summary>
    protected ParameterPoint Point { get; }

    /// <summary>The joint modes of the standardized effects of each level, nodes×q by row, kept between evaluations.</summary>
    protected double[][] Modes { get; }

    /// <inheritdoc/>
    public override double Evaluate(ReadOnlySpan<double> parameters, EvaluationNeeds needs, Span<double> gradient, Span<double> information)
    {
        Point.Set(parameters, Density.HasFreeDispersion, fixedDispersion);
        this.needs = needs;
        sums.AsSpan().Clear();
        Tree.Chunks.Run(threads, work);
        var stride = 1 + ParameterCount;
        var total = sums.AsSpan(0, stride);
        for (var chunk = 1; chunk < Tree.Chunks.Count; chunk++)
        {
            Dense.AddScaled(1, sums.AsSpan(chunk * stride, stride), total);
        }

        if (needs >= EvaluationNeeds.Gradient)
        {
            total[1..].CopyTo(gradient);
        }

        return total[0] + Tree.Data.Constant;
    }

    /// <inheritdoc/>
    public override void ClusterScores(ReadOnlySpan<double> parameters, Span<double> scores)
    {
        var m = ParameterCount;
        wantedScores = new double[Tree.NodeCount(0) * m];
        Evaluate(parameters, EvaluationNeeds.Gradient, scores[..m], []);
        var nodes = Tree.NodesOfGroups(0);
        for (var cluster = 0; cluster < nodes.Length; cluster++)
        {
            wantedScores.AsSpan(nodes[cluster] * m, m).CopyTo(scores.Slice(cluster * m, m));
        }

        wantedScores = null;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<PosteriorModes> Posterior(ReadOnlySpan<double> parameters) =>
        Visit(parameters, (integrator, posterior) => integrator.Describe(posterior));

    /// <inheritdoc/>
    public override double[][] CopyModes() => [.. Modes.Select(level => (double[])level.Clone())];

    /// <inheritdoc/>
    public override void StartAt(IReadOnlyList<double[]> modes)
    {
        for (var l = 0; l < Modes.Length; l++)
        {
            modes[l].CopyTo(Modes[l], 0);
        }
    }

    /// <summary>The scratch of one more thread.</summary>
    protected abstract GroupIntegrator CreateIntegrator();

    /// <summary>
    /// What every top-level group has to say after its integration, one entry a level, from nodes to the groups they stand for.
    /// </summary>
    protected IReadOnlyList<PosteriorModes> Visit(
        ReadOnlySpan<double> parameters,
        Action<GroupIntegrator, IReadOnlyList<PosteriorModes>> describe)
    {
        PosteriorModes[] nodes = [.. Tree.Levels.Select((level, l) => new PosteriorModes(Tree.NodeCount(l), level.Factor.Dimension))];
        visitor = integrator => describe(integrator, nodes);
        Evaluate(parameters, EvaluationNeeds.Value, [], []);
        visitor = null;
        return [.. nodes.Select((posterior, l) => posterior.Spread(Tree.NodesOfGroups(l)))];
    }

    private void RunChunk(int chunk)
    {
        var integrator = scratch.Rent();
        var m = ParameterCount;
        var sum = sums.AsSpan(chunk * (1 + m), 1 + m);
        for (var top = Tree.Chunks.Start(chunk); top < Tree.Chunks.End(chunk); top++)
        {
            CancellationScope.Check();
            var multiplicity = Tree.Multiplicity(0, top);
            sum[0] += multiplicity * integrator.Integrate(top, needs);
            if (wantedScores is not null)
            {
                integrator.AddGradient(1, wantedScores.AsSpan(top * m, m));
            }
            else if (needs >= EvaluationNeeds.Gradient)
            {
                integrator.AddGradient(multiplicity, sum[1..]);
            }

            visitor?.Invoke(integrator);
        }

        scratch.Return(integrator);
    }
}
