using MarginalConditional.Glmm.Effects;
using MarginalConditional.Glmm.Likelihood;
using MarginalConditional.Glmm.Quadrature;
using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.Ordinal;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Glmm.Ordinal;

/// <summary>
/// The log-likelihood of a cumulative mixed model, ℓ = Σ log ∫ Π p dΦ: by quadrature where the blocks have one group each, or one group
/// with groups within it, to any depth, else by Laplace.
/// </summary>
internal sealed class OrdinalLikelihood : MarginalLikelihood
{
    private readonly OrdinalRows rows;
    private readonly OrdinalPoint point;
    private readonly OrdinalPoint[] innerPoints;
    private readonly int threads;
    private readonly double[] modes;
    private readonly double[] sums;
    private readonly ScratchPool<BlockIntegrator> scratch;

    /// <summary>Prepares evaluations.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="link">F.</param>
    /// <param name="nodes">Nodes a dimension; 1 is Laplace's approximation.</param>
    /// <param name="threads">0 for all processors.</param>
    /// <param name="inner">
    /// Of nested levels, the same rows in the groups of the second level with those within it, then in those of the third, and so on; empty
    /// for one level, and for Laplace's approximation.
    /// </param>
    public OrdinalLikelihood(OrdinalRows rows, CumulativeLink link, int nodes, int threads, IReadOnlyList<OrdinalRows> inner)
    {
        if (nodes > 1 && rows.Levels.Count != inner.Count + 1)
        {
            throw new ArgumentException("Several groupings have quadrature where each lies within the one before.", nameof(nodes));
        }

        this.rows = rows;
        this.threads = threads;
        point = new OrdinalPoint(rows);
        modes = new double[rows.Blocks.EffectStart(rows.Blocks.Count)];
        sums = new double[rows.Chunks.Count * (1 + point.Count)];
        innerPoints = nodes > 1 ? [.. inner.Select(one => new OrdinalPoint(one))] : [];
        if (innerPoints.Length > 0)
        {
            OrdinalRows[] all = [rows, .. inner];
            OrdinalPoint[] points = [point, .. innerPoints];
            QuadratureGrid[] grids = [.. rows.Levels.Select(level => new QuadratureGrid(level.Factor.Dimension, nodes))];
            scratch = new ScratchPool<BlockIntegrator>(() => new NestedOrdinalIntegrator(all, link, points, grids));
            return;
        }

        var grid = nodes == 1 ? null : new QuadratureGrid(rows.EffectsOfRow, nodes);
        scratch = new ScratchPool<BlockIntegrator>(() => new OrdinalIntegrator(rows, link, point, grid));
    }

    /// <summary>Takes over a parameter vector.</summary>
    private void Set(ReadOnlySpan<double> parameters)
    {
        point.Set(parameters);
        var first = rows.Layout.Count;
        for (var l = 0; l < innerPoints.Length; l++)
        {
            first += rows.Levels[l].Factor.ParameterCount;
            innerPoints[l].Set([.. parameters[..rows.Layout.Count], .. parameters[first..]]);
        }
    }

    /// <inheritdoc/>
    public override int ParameterCount => point.Count;

    /// <inheritdoc/>
    public override bool HasInformation => false;

    /// <inheritdoc/>
    public override int Clusters => rows.Clusters;

    /// <inheritdoc/>
    public override double Evaluate(ReadOnlySpan<double> parameters, EvaluationNeeds needs, Span<double> gradient, Span<double> information)
    {
        Set(parameters);
        sums.AsSpan().Clear();
        var m = ParameterCount;
        var needsGradient = needs >= EvaluationNeeds.Gradient;
        rows.Chunks.Run(threads, chunk =>
        {
            var integrator = scratch.Rent();
            var sum = sums.AsSpan(chunk * (1 + m), 1 + m);
            for (var block = rows.Chunks.Start(chunk); block < rows.Chunks.End(chunk) && double.IsFinite(sum[0]); block++)
            {
                CancellationScope.Check();
                sum[0] += integrator.Integrate(block, modes, needsGradient);
                if (needsGradient && double.IsFinite(sum[0]))
                {
                    integrator.AddGradient(sum[1..]);
                }
            }

            scratch.Return(integrator);
        });

        var value = 0.0;
        gradient.Clear();
        for (var chunk = 0; chunk < rows.Chunks.Count; chunk++)
        {
            value += sums[chunk * (1 + m)];
            if (needsGradient)
            {
                Dense.AddScaled(1, sums.AsSpan((chunk * (1 + m)) + 1, m), gradient);
            }
        }

        return value;
    }

    /// <inheritdoc/>
    public override void ClusterScores(ReadOnlySpan<double> parameters, Span<double> scores)
    {
        Set(parameters);
        scores.Clear();
        if (rows.Clusters == 0)
        {
            return;
        }

        var integrator = scratch.Rent();
        for (var block = 0; block < rows.Blocks.Count; block++)
        {
            CancellationScope.Check();
            integrator.Integrate(block, modes, needsGradient: true);
            integrator.AddGradient(scores.Slice(rows.ClusterOf[block] * ParameterCount, ParameterCount));
        }

        scratch.Return(integrator);
    }

    /// <inheritdoc/>
    public override double[][] CopyModes() => [(double[])modes.Clone()];

    /// <inheritdoc/>
    public override void StartAt(IReadOnlyList<double[]> modes) => modes[0].CopyTo(this.modes, 0);

    /// <inheritdoc/>
    public override IReadOnlyList<PosteriorModes> Posterior(ReadOnlySpan<double> parameters)
    {
        Set(parameters);
        PosteriorModes[] posterior =
            [.. rows.Levels.Select(level => new PosteriorModes(level.GroupCount, level.Factor.Dimension))];
        var integrator = scratch.Rent();
        var groups = GroupsOfBlocks();
        var covariance = new double[rows.MaximumEffects * rows.MaximumEffects];
        for (var block = 0; block < rows.Blocks.Count; block++)
        {
            CancellationScope.Check();
            var count = rows.Blocks.EffectStart(block + 1) - rows.Blocks.EffectStart(block);
            var mode = integrator.Posterior(block, modes, covariance.AsSpan(0, count * count));
            foreach (var (level, group) in groups[block])
            {
                Describe(posterior[level], level, group, rows.Blocks.PlaceInBlock(level, group), mode, covariance, count);
            }
        }

        scratch.Return(integrator);
        return posterior;
    }

    private List<(int Level, int Group)>[] GroupsOfBlocks()
    {
        List<(int Level, int Group)>[] groups = [.. Enumerable.Range(0, rows.Blocks.Count).Select(_ => new List<(int Level, int Group)>())];
        for (var level = 0; level < rows.Levels.Count; level++)
        {
            for (var group = 0; group < rows.Levels[level].GroupCount; group++)
            {
                groups[rows.Blocks.BlockOf(level, group)].Add((level, group));
            }
        }

        return groups;
    }

    /// <summary>b̂ = Λv̂ of a group, and the roots of the diagonal of ΛCΛᵀ.</summary>
    private void Describe(
        PosteriorModes posterior, int level, int group, int place, ReadOnlySpan<double> mode, double[] covariance, int count)
    {
        var lambda = point.Lambda[level];
        var q = rows.Levels[level].Factor.Dimension;
        for (var a = 0; a < q; a++)
        {
            var (value, variance) = (0.0, 0.0);
            for (var b = 0; b < q; b++)
            {
                value += lambda[(a * q) + b] * mode[place + b];
                for (var c = 0; c < q; c++)
                {
                    variance += lambda[(a * q) + b] * covariance[((place + b) * count) + place + c] * lambda[(a * q) + c];
                }
            }

            posterior.Modes[(group * q) + a] = value;
            posterior.StandardErrors[(group * q) + a] = Math.Sqrt(variance);
        }
    }
}
