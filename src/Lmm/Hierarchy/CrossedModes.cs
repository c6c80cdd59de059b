using MarginalConditional.Data.Frames;
using MarginalConditional.Mixed;
using MarginalConditional.Mixed.Crossed;
using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Lmm.Hierarchy;

/// <summary>Best linear unbiased predictions of crossed effects, b̂ = ΛC⁻¹Λᵀ(A_y − A_Xβ), and σ²ΛC⁻¹Λᵀ given the parameters.</summary>
internal sealed class CrossedModes
{
    private readonly LinearMixedLikelihood likelihood;
    private readonly CrossedLayout layout;
    private readonly double[] own;
    private readonly double[] rest;

    private CrossedModes(LinearMixedLikelihood likelihood)
    {
        this.likelihood = likelihood;
        var system = likelihood.Crossed!.System;
        layout = system.Layout;
        own = new double[layout.Groups * layout.OwnDimension];
        rest = new double[layout.RestDimension];
        var coefficients = likelihood.Root.Coefficients;
        var combination = new double[coefficients.Length + 1];
        for (var j = 0; j < coefficients.Length; j++)
        {
            combination[j] = -coefficients[j];
        }

        combination[^1] = 1;
        CrossedSolver.SolveTail(system, combination, own, rest);
        system.Invert();
        system.AddTail(new double[combination.Length * combination.Length]);
    }

    /// <summary>The estimates of every random term, in the order of the frame's terms.</summary>
    /// <param name="likelihood">Evaluated at the estimate, without a gradient; its system holds the inverse afterwards.</param>
    /// <param name="terms">The frame's terms.</param>
    public static IReadOnlyList<RandomEffectEstimate> Compute(LinearMixedLikelihood likelihood, IReadOnlyList<RandomTermDesign> terms)
    {
        var modes = new CrossedModes(likelihood);
        var byTerm = new Dictionary<RandomTermDesign, RandomEffectEstimate>();
        for (var t = 0; t < modes.layout.Rest.Count; t++)
        {
            byTerm[modes.layout.Rest[t]] = modes.OfRest(t);
        }

        modes.AddOwn(byTerm);
        return [.. terms.Select(term => byTerm[term])];
    }

    /// <summary>The rows of TΛ of a level that belong to a term, own×q.</summary>
    private double[] Factor(int level, int offset, int dimension)
    {
        var q = likelihood.Data.Hierarchy.Levels[level].Dimension;
        var product = new double[q * q];
        Dense.Multiply(likelihood.Data.Rows.Transform(level), likelihood.Lambda(level), q, q, q, product);
        return product.AsSpan(offset * q, dimension * q).ToArray();
    }

    private RandomEffectEstimate OfRest(int t)
    {
        var (term, d, start) = (layout.Rest[t], layout.Rest[t].Dimension, layout.LocalStart(t));
        var all = Factor(0, start, d);
        var s = layout.RestPerRow;
        var factor = new double[d * d];
        for (var a = 0; a < d; a++)
        {
            all.AsSpan((a * s) + start, d).CopyTo(factor.AsSpan(a * d));
        }

        var (modes, deviations) = (new double[term.GroupCount * d], new double[term.GroupCount * d]);
        var block = new double[d * d];
        var system = likelihood.Crossed!.System;
        for (var level = 0; level < term.GroupCount; level++)
        {
            var at = layout.RestStart(t) + (level * d);
            for (var a = 0; a < d; a++)
            {
                system.Rest.AsSpan(((at + a) * system.Stride) + at, d).CopyTo(block.AsSpan(a * d));
            }

            Fill(factor, d, rest.AsSpan(at, d), block, modes.AsSpan(level * d), deviations.AsSpan(level * d));
        }

        return Estimate(term, factor, d, modes, deviations);
    }

    private void AddOwn(Dictionary<RandomTermDesign, RandomEffectEstimate> estimates)
    {
        var q = layout.OwnDimension;
        var block = new double[q * q];
        var system = likelihood.Crossed!.System;
        var cross = new double[q * Enumerable.Range(0, layout.Groups).Max(system.Width)];
        var offset = 0;
        foreach (var term in layout.Own)
        {
            var d = term.Dimension;
            var factor = Factor(1, offset, d);
            var (modes, deviations) = (new double[layout.Groups * d], new double[layout.Groups * d]);
            for (var g = 0; g < layout.Groups; g++)
            {
                CancellationScope.Check(g);
                var target = term.Groups[layout.RowOrder[layout.Offsets[g]]] * d;
                system.FillInverse(g, block, cross);
                Fill(factor, q, own.AsSpan(g * q, q), block, modes.AsSpan(target), deviations.AsSpan(target));
            }

            estimates[term] = Estimate(term, factor, q, modes, deviations);
            offset += d;
        }
    }

    private void Fill(double[] factor, int q, ReadOnlySpan<double> mode, double[] block, Span<double> modes, Span<double> deviations)
    {
        for (var a = 0; a < factor.Length / q; a++)
        {
            var row = factor.AsSpan(a * q, q);
            modes[a] = Dense.Dot(row, mode);
            deviations[a] = Math.Sqrt(Math.Max(0, likelihood.Scale * Dense.QuadraticForm(block, row)));
        }
    }

    private RandomEffectEstimate Estimate(RandomTermDesign term, double[] factor, int q, double[] modes, double[] deviations)
    {
        var d = term.Dimension;
        var covariance = new double[d * d];
        Dense.MultiplyTranspose(factor, factor, d, q, d, covariance);
        foreach (ref var value in covariance.AsSpan())
        {
            value *= likelihood.Scale;
        }

        return new RandomEffectEstimate(term.Group, term.Names, covariance, modes, deviations, term.Label);
    }
}
