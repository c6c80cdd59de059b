using MarginalConditional.Glmm.Densities;
using MarginalConditional.Glmm.Effects;
using MarginalConditional.Glmm.Likelihood;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Glmm.Crossed;

/// <summary>The Laplace approximation for groupings that cross, ℓ = h(û) − ½ log|H| over all effects, and its exact gradient.</summary>
/// <remarks>Observed curvature, also for links that are not canonical. Skaug and Fournier (2006).</remarks>
internal sealed class CrossedLikelihood : MarginalLikelihood
{
    private readonly CrossedDesign design;
    private readonly ConditionalDensity density;
    private readonly double fixedDispersion;
    private readonly int[] clusterOfRow;
    private readonly ParameterPoint point;
    private readonly CrossedMode mode;
    private readonly CrossedMovement movement;

    /// <summary>Prepares evaluations.</summary>
    /// <param name="design">The rows.</param>
    /// <param name="density">Family and link.</param>
    /// <param name="fixedDispersion">φ where it is not estimated.</param>
    /// <param name="clusterOfRow">For each row of the layout the cluster that contains every group that the row meets; empty when there
    /// are no such clusters.</param>
    /// <param name="clusters">The number of such clusters; 0 without any.</param>
    /// <param name="threads">0 for all processors.</param>
    public CrossedLikelihood(
        CrossedDesign design,
        ConditionalDensity density,
        double fixedDispersion,
        int[] clusterOfRow,
        int clusters,
        int threads)
    {
        this.design = design;
        this.density = density;
        this.fixedDispersion = fixedDispersion;
        this.clusterOfRow = clusterOfRow;
        Clusters = clusters;
        point = new ParameterPoint(design.Data.Columns, [.. design.Levels.Select(level => level.Factor)], design.Data.InflationColumns);
        mode = new CrossedMode(design, density, point, threads);
        movement = new CrossedMovement(design, mode);
        ParameterCount = design.Data.Columns + design.EntryRows.Length + design.Data.InflationColumns + (density.HasFreeDispersion ? 1 : 0);
    }

    /// <inheritdoc/>
    public override int ParameterCount { get; }

    /// <inheritdoc/>
    public override bool HasInformation => false;

    /// <inheritdoc/>
    public override int Clusters { get; }

    /// <summary>The mode at the last parameters.</summary>
    public CrossedMode Mode => mode;

    /// <summary>The movement of the modes at the last parameters.</summary>
    public CrossedMovement Movement => movement;

    /// <inheritdoc/>
    public override double Evaluate(ReadOnlySpan<double> parameters, EvaluationNeeds needs, Span<double> gradient, Span<double> information)
    {
        var value = Find(parameters);
        if (needs >= EvaluationNeeds.Gradient)
        {
            movement.Invert();
            movement.Solve();
            gradient.Clear();
            movement.AddGradient([], gradient, ParameterCount, density.HasFreeDispersion);
        }

        return value;
    }

    /// <inheritdoc/>
    public override void ClusterScores(ReadOnlySpan<double> parameters, Span<double> scores)
    {
        if (Clusters == 0)
        {
            return;
        }

        Find(parameters);
        movement.Invert();
        movement.Solve();
        scores.Clear();
        movement.AddGradient(clusterOfRow, scores, ParameterCount, density.HasFreeDispersion);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<PosteriorModes> Posterior(ReadOnlySpan<double> parameters)
    {
        Find(parameters);
        mode.System.Invert();
        var levels = new List<PosteriorModes>();
        var term = 0;
        for (var l = 0; l + 1 < design.Levels.Count; l++)
        {
            var posterior = new PosteriorModes(design.Levels[l].GroupCount, design.Levels[l].Factor.Dimension);
            levels.Add(posterior);
            for (var t = 0; t < design.Levels[l].Terms.Count; t++, term++)
            {
                DescribeRest(l, t, term, posterior);
            }
        }

        levels.Add(DescribeOwn());
        return levels;
    }

    /// <inheritdoc/>
    public override double[][] CopyModes() => [(double[])mode.Own.Clone(), (double[])mode.Rest.Clone()];

    /// <inheritdoc/>
    public override void StartAt(IReadOnlyList<double[]> modes)
    {
        modes[0].CopyTo(mode.Own, 0);
        modes[1].CopyTo(mode.Rest, 0);
    }

    private double Find(ReadOnlySpan<double> parameters)
    {
        point.Set(parameters, density.HasFreeDispersion, fixedDispersion);
        var height = mode.Find();
        return height - (0.5 * mode.System.LogDeterminant) + mode.Rows.Constants() + design.Data.Constant;
    }

    private void DescribeRest(int level, int within, int term, PosteriorModes posterior)
    {
        var q = design.Levels[level].Factor.Dimension;
        var first = design.Levels[level].Factor.Layout.FirstEffect(within);
        var d = design.Layout.Rest[term].Dimension;
        var block = new double[d * d];
        var system = mode.System;
        for (var group = 0; group < design.Levels[level].GroupCount; group++)
        {
            var at = design.Layout.RestStart(term) + (group * d);
            for (var a = 0; a < d; a++)
            {
                system.Rest.AsSpan(((at + a) * system.Stride) + at, d).CopyTo(block.AsSpan(a * d));
            }

            Describe(level, (first, d), mode.Rest.AsSpan(at, d), block, posterior, (group * q) + first);
        }
    }

    private PosteriorModes DescribeOwn()
    {
        var level = design.Levels.Count - 1;
        var q = design.Own;
        var posterior = new PosteriorModes(design.Levels[level].GroupCount, q);
        var (block, cross) = (new double[q * q], new double[q * Enumerable.Range(0, design.Layout.Groups).Max(mode.System.Width)]);
        for (var g = 0; g < design.Layout.Groups; g++)
        {
            mode.System.FillInverse(g, block, cross);
            Describe(level, (0, q), mode.Own.AsSpan(g * q, q), block, posterior, g * q);
        }

        return posterior;
    }

    // b̂ = Λû and the roots of the diagonal of ΛH⁻¹Λᵀ of one group, for a block of Λ.
    private void Describe(
        int level,
        (int First, int Count) part,
        ReadOnlySpan<double> effects,
        double[] covariance,
        PosteriorModes posterior,
        int target)
    {
        var q = design.Levels[level].Factor.Dimension;
        for (var a = 0; a < part.Count; a++)
        {
            var row = point.Lambda(level).AsSpan(((part.First + a) * q) + part.First, part.Count);
            posterior.Modes[target + a] = Dense.Dot(row, effects);
            posterior.StandardErrors[target + a] = Math.Sqrt(Dense.QuadraticForm(covariance, row));
        }
    }
}
