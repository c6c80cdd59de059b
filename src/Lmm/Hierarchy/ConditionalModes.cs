using MarginalConditional.Data.Frames;
using MarginalConditional.Lmm.Model;
using MarginalConditional.Mixed;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Lmm.Hierarchy;

/// <summary>
/// Best linear unbiased predictions of all random effects, with conditional standard
/// deviations given the parameters, by one sweep from the coarsest level down.
/// </summary>
/// <remarks>
/// Given its ancestors a group's effects are Tᵀ(y − Xβ − Zb of the ancestors)
/// in moments, with covariance σ²H (Henderson 1975; Robinson 1991).
/// </remarks>
internal sealed class ConditionalModes
{
    private readonly LinearMixedLikelihood likelihood;
    private readonly IReadOnlyList<GroupLevel> levels;
    private readonly double[][] modes;
    private readonly double[][] deviations;
    private readonly double[][] means;
    private readonly double[][] covariances;
    private readonly double[] half;

    private ConditionalModes(LinearMixedLikelihood likelihood)
    {
        this.likelihood = likelihood;
        levels = likelihood.Data.Hierarchy.Levels;
        modes = new double[levels.Count][];
        deviations = new double[levels.Count][];
        means = new double[levels.Count + 1][];
        covariances = new double[levels.Count + 1][];
        means[0] = [];
        covariances[0] = [];
        var ancestors = 0;
        for (var level = 0; level < levels.Count; level++)
        {
            modes[level] = new double[levels[level].Groups * levels[level].Dimension];
            deviations[level] = new double[modes[level].Length];
            ancestors += levels[level].Dimension;
            means[level + 1] = new double[ancestors];
            covariances[level + 1] = new double[ancestors * ancestors];
        }

        half = new double[ancestors * ancestors];
    }

    /// <summary>The estimates of every random term, in the order of the frame's terms.</summary>
    /// <param name="likelihood">Evaluated at the estimate.</param>
    /// <param name="terms">The frame's terms.</param>
    public static IReadOnlyList<RandomEffectEstimate> Compute(LinearMixedLikelihood likelihood, IReadOnlyList<RandomTermDesign> terms)
    {
        if (likelihood.Crossed is not null)
        {
            return CrossedModes.Compute(likelihood, terms);
        }

        var computation = new ConditionalModes(likelihood);
        if (computation.levels.Count > 0)
        {
            for (var group = 0; group < computation.levels[0].Groups; group++)
            {
                computation.Visit(0, group);
            }
        }

        var byTerm = new Dictionary<RandomTermDesign, RandomEffectEstimate>();
        for (var level = 0; level < computation.levels.Count; level++)
        {
            var offset = 0;
            foreach (var term in computation.levels[level].Terms)
            {
                byTerm[term] = computation.Estimate(level, term, offset);
                offset += term.Dimension * (computation.levels[level].IsSpread ? term.GroupCount : 1);
            }
        }

        return [.. terms.Select(term => byTerm[term])];
    }

    private RandomEffectEstimate Estimate(int level, RandomTermDesign term, int offset)
    {
        var (q, own) = (levels[level].Dimension, term.Dimension);
        var lambda = new double[q * q];
        Dense.Multiply(likelihood.Data.Rows.Transform(level), likelihood.Lambda(level), q, q, q, lambda);
        var covariance = new double[own * own];
        for (var a = 0; a < own; a++)
        {
            for (var b = 0; b < own; b++)
            {
                covariance[(a * own) + b] = likelihood.Scale * Dense.Dot(
                    lambda.AsSpan((offset + a) * q, q),
                    lambda.AsSpan((offset + b) * q, q));
            }
        }

        var termModes = new double[term.GroupCount * own];
        var termDeviations = new double[termModes.Length];
        if (levels[level].IsSpread)
        {
            modes[level].AsSpan(offset, termModes.Length).CopyTo(termModes);
            deviations[level].AsSpan(offset, termModes.Length).CopyTo(termDeviations);
            return new RandomEffectEstimate(term.Group, term.Names, covariance, termModes, termDeviations, term.Label);
        }

        for (var group = 0; group < levels[level].Groups; group++)
        {
            var target = term.Groups[levels[level].FirstRows[group]];
            modes[level].AsSpan((group * q) + offset, own).CopyTo(termModes.AsSpan(target * own));
            deviations[level].AsSpan((group * q) + offset, own).CopyTo(termDeviations.AsSpan(target * own));
        }

        return new RandomEffectEstimate(term.Group, term.Names, covariance, termModes, termDeviations, term.Label);
    }

    private void Visit(int level, int group)
    {
        var q = levels[level].Dimension;
        var ancestors = means[level].Length;
        var inner = likelihood.Sweep.Inner(level, group);
        var gain = likelihood.Sweep.Gain(level, group);
        var mean = means[level + 1];
        var fixedCoefficients = likelihood.Root.Coefficients;
        for (var a = 0; a < q; a++)
        {
            var sum = gain[((ancestors + fixedCoefficients.Length) * q) + a];
            for (var j = 0; j < ancestors; j++)
            {
                sum -= gain[(j * q) + a] * means[level][j];
            }

            for (var j = 0; j < fixedCoefficients.Length; j++)
            {
                sum -= gain[((ancestors + j) * q) + a] * fixedCoefficients[j];
            }

            mean[a] = sum;
        }

        means[level].CopyTo(mean.AsSpan(q));
        FillCovariance(level, q, ancestors, inner, gain);
        var transform = likelihood.Data.Rows.Transform(level);
        var size = q + ancestors;
        for (var a = 0; a < q; a++)
        {
            var row = transform.Slice(a * q, q);
            modes[level][(group * q) + a] = Dense.Dot(row, mean.AsSpan(0, q));
            var variance = 0.0;
            for (var b = 0; b < q; b++)
            {
                variance += row[b] * Dense.Dot(row, covariances[level + 1].AsSpan(b * size, q));
            }

            deviations[level][(group * q) + a] = Math.Sqrt(Math.Max(0, variance));
        }

        if (level + 1 < levels.Count)
        {
            for (var child = levels[level].ChildOffsets[group]; child < levels[level].ChildOffsets[group + 1]; child++)
            {
                Visit(level + 1, child);
            }
        }
    }

    /// <summary>The joint covariance of a group's effects and its ancestors': [σ²H + TᵀPT, −TᵀP; −PT, P].</summary>
    private void FillCovariance(int level, int q, int ancestors, ReadOnlySpan<double> inner, ReadOnlySpan<double> gain)
    {
        var size = q + ancestors;
        var parent = covariances[level];
        var joint = covariances[level + 1];
        Dense.Multiply(parent, gain[..(ancestors * q)], ancestors, ancestors, q, half);
        for (var a = 0; a < q; a++)
        {
            for (var b = 0; b < q; b++)
            {
                var sum = likelihood.Scale * inner[(a * q) + b];
                for (var j = 0; j < ancestors; j++)
                {
                    sum += gain[(j * q) + a] * half[(j * q) + b];
                }

                joint[(a * size) + b] = sum;
            }
        }

        for (var i = 0; i < ancestors; i++)
        {
            for (var a = 0; a < q; a++)
            {
                joint[((q + i) * size) + a] = -half[(i * q) + a];
                joint[(a * size) + q + i] = -half[(i * q) + a];
            }

            parent.AsSpan(i * ancestors, ancestors).CopyTo(joint.AsSpan(((q + i) * size) + q));
        }
    }
}
