using MarginalConditional.Data.Frames;
using MarginalConditional.Lmm.Hierarchy;
using MarginalConditional.Mixed;
using MarginalConditional.Mixed.Crossed;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Lmm.Predictions;

/// <summary>Crossed effects: σ²vᵀC⁻¹v and its derivative by solving the system for the loadings v of each row.</summary>
/// <remarks>A row costs one solution with the factored system, whatever combination of groups it has.</remarks>
internal sealed class CrossedPosterior : EffectPosterior
{
    private readonly LinearMixedLikelihood likelihood;
    private readonly KnownGroups known;
    private readonly CrossedLayout layout;
    private readonly CrossedSystem system;
    private readonly double[][] ownSlopes;
    private readonly double[][] restSlopes;
    private readonly double[] ownFactor;
    private readonly double[] restFactor;

    public CrossedPosterior(LmmFit fit, LinearMixedLikelihood likelihood)
    {
        known = new KnownGroups(fit.Frame.RandomTerms);
        this.likelihood = likelihood;
        system = likelihood.Crossed!.System;
        layout = system.Layout;
        (restFactor, ownFactor) = (Factor(0), Factor(1));
        var p = likelihood.Root.Coefficients.Length;
        (ownSlopes, restSlopes) = (new double[p][], new double[p][]);
        for (var j = 0; j < p; j++)
        {
            var combination = new double[p + 1];
            combination[j] = -1;
            ownSlopes[j] = new double[layout.Groups * layout.OwnDimension];
            restSlopes[j] = new double[layout.RestDimension];
            CrossedSolver.SolveTail(system, combination, ownSlopes[j], restSlopes[j]);
        }
    }

    public override (double Variance, double[] Slope) Of(NewRow row)
    {
        var (own, rest) = (new double[layout.Groups * layout.OwnDimension], new double[layout.RestDimension]);
        Load(row, own, rest);
        var (ownSolution, restSolution) = ((double[])own.Clone(), (double[])rest.Clone());
        CrossedSolver.Solve(system, ownSolution, restSolution);
        var variance = likelihood.Scale * (Dense.Dot(own, ownSolution) + Dense.Dot(rest, restSolution));
        return (variance, Slope(own, rest));
    }

    public override double[] Slope(NewRow row)
    {
        var (own, rest) = (new double[layout.Groups * layout.OwnDimension], new double[layout.RestDimension]);
        Load(row, own, rest);
        return Slope(own, rest);
    }

    private double[] Slope(double[] own, double[] rest)
    {
        var working = new double[ownSlopes.Length];
        for (var j = 0; j < working.Length; j++)
        {
            working[j] = Dense.Dot(own, ownSlopes[j]) + Dense.Dot(rest, restSlopes[j]);
        }

        return likelihood.Data.Rows.SlopeToOriginal(working);
    }

    /// <summary>v = (TΛ)ᵀz at the places of the row's groups.</summary>
    private void Load(NewRow row, double[] own, double[] rest)
    {
        var (q, offset) = (layout.OwnDimension, 0);
        foreach (var term in layout.Own)
        {
            var t = known.IndexOf(term);
            if (row.Groups[t] >= 0)
            {
                var target = own.AsSpan(layout.Own[0].Groups[known.FirstRow(t, row.Groups[t])] * q, q);
                for (var a = 0; a < term.Dimension; a++)
                {
                    Dense.AddScaled(row.Effects[t][a], ownFactor.AsSpan((offset + a) * q, q), target);
                }
            }

            offset += term.Dimension;
        }

        var s = layout.RestPerRow;
        for (var k = 0; k < layout.Rest.Count; k++)
        {
            var (term, start) = (layout.Rest[k], layout.LocalStart(k));
            var t = known.IndexOf(term);
            if (row.Groups[t] < 0)
            {
                continue;
            }

            var target = rest.AsSpan(layout.RestStart(k) + (row.Groups[t] * term.Dimension), term.Dimension);
            for (var a = 0; a < term.Dimension; a++)
            {
                Dense.AddScaled(row.Effects[t][a], restFactor.AsSpan(((start + a) * s) + start, term.Dimension), target);
            }
        }
    }

    /// <summary>TΛ of a level.</summary>
    private double[] Factor(int level)
    {
        var q = likelihood.Data.Hierarchy.Levels[level].Dimension;
        var product = new double[q * q];
        Dense.Multiply(likelihood.Data.Rows.Transform(level), likelihood.Lambda(level), q, q, q, product);
        return product;
    }
}
