using MarginalConditional.Lmm.Hierarchy;
using MarginalConditional.Lmm.Model;

namespace MarginalConditional.Lmm.Inference;

/// <summary>
/// The moments of <see cref="VarianceMoments"/> for X in a model with random
/// effects and independent residuals, without a matrix of the size of a cluster.
/// </summary>
/// <remarks>
/// One level after another is eliminated, the finest first, as in the likelihood. With columns U = [z, r] in the metric of W, the
/// covariance below the level, and V = W + zDzᵀ: V⁻¹ = W⁻¹ − W⁻¹zGzᵀW⁻¹, G = (D⁻¹ + zᵀW⁻¹z)⁻¹. Everything that is wanted of r in the metric
/// of V follows
/// from the same of U in that of W: V⁻¹r = W⁻¹UT with T = (−GzᵀW⁻¹r; I), and V⁻¹z = W⁻¹zK with K = I − GzᵀW⁻¹z. Work and memory grow
/// with the number of groups, whatever their size.
/// </remarks>
internal sealed class VarianceSweep
{
    private readonly LinearMixedLikelihood likelihood;
    private readonly IReadOnlyList<GroupLevel> levels;
    private readonly double scale;
    private readonly int parameters;
    private readonly int[] starts;
    private readonly VarianceMoments[] moments;

    private VarianceSweep(LinearMixedLikelihood likelihood)
    {
        this.likelihood = likelihood;
        levels = likelihood.Data.Hierarchy.Levels;
        scale = likelihood.Scale;
        parameters = likelihood.Data.RandomParameters + (likelihood.ScaleIsFixed ? 0 : 1);
        starts = new int[levels.Count + 1];
        moments = new VarianceMoments[levels.Count + 1];
        var width = likelihood.Data.Rows.FixedEffects;
        moments[0] = new VarianceMoments(width, parameters);
        for (var level = 0; level < levels.Count; level++)
        {
            width += levels[level].Dimension;
            moments[level + 1] = new VarianceMoments(width, parameters);
            starts[level + 1] = starts[level] + levels[level].Factor.Parameters;
        }
    }

    /// <summary>
    /// The moments of X, summed over all clusters; parameters are the entries
    /// of every level's D, the coarsest first, then σ² unless it is known.
    /// </summary>
    /// <param name="likelihood">That of a model with random effects and independent residuals, evaluated at the estimate.</param>
    public static VarianceMoments Of(LinearMixedLikelihood likelihood)
    {
        var sweep = new VarianceSweep(likelihood);
        for (var group = 0; group < sweep.levels[0].Groups; group++)
        {
            sweep.Add(0, group);
        }

        return sweep.moments[0];
    }

    /// <summary>Adds what a group leaves to the moments of the level above.</summary>
    private void Add(int level, int group)
    {
        var own = moments[level + 1];
        own.Clear();
        var (from, to) = (levels[level].ChildOffsets[group], levels[level].ChildOffsets[group + 1]);
        if (level == levels.Count - 1)
        {
            var width = own.Width + 1;
            own.AddRows(likelihood.Data.Rows.Values.AsSpan(from * width, (to - from) * width), to - from, scale, likelihood.ScaleIsFixed);
        }
        else
        {
            for (var child = from; child < to; child++)
            {
                Add(level + 1, child);
            }
        }

        var step = new VarianceStep(levels[level].Factor, own, likelihood.Sweep.Inner(level, group), scale);
        var target = moments[level];
        step.AddPlain(target.Plain);
        for (var k = starts[level + 1]; k < parameters; k++)
        {
            AddFiner(step, own, target, level, k);
        }

        for (var k = starts[level]; k < starts[level + 1]; k++)
        {
            step.AddOwn(k - starts[level], target.First[k]);
            for (var l = starts[level]; l <= k; l++)
            {
                step.AddOwnPair(k - starts[level], l - starts[level], target.Second[k][l]);
                target.Traces[(k * parameters) + l] += step.TraceOwn(k - starts[level], l - starts[level]);
            }
        }
    }

    /// <summary>Adds what concerns a parameter of a finer level, or σ².</summary>
    private void AddFiner(VarianceStep step, VarianceMoments own, VarianceMoments target, int level, int k)
    {
        step.AddReduced(own.First[k], target.First[k]);
        for (var l = starts[level + 1]; l <= k; l++)
        {
            step.AddReducedPair(own.First[k], own.First[l], own.Second[k][l], target.Second[k][l]);
            target.Traces[(k * parameters) + l] += own.Traces[(k * parameters) + l] + step.TraceChange(
                own.First[k],
                own.First[l],
                own.Second[k][l]);
        }

        for (var l = starts[level]; l < starts[level + 1]; l++)
        {
            step.AddMixedPair(own.First[k], l - starts[level], target.Second[k][l]);
            target.Traces[(k * parameters) + l] += step.TraceMixed(own.First[k], l - starts[level]);
        }
    }
}
