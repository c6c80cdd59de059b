using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Glmm.Effects;
using MarginalConditional.Glmm.Fitting;
using MarginalConditional.Glmm.Model;
using MarginalConditional.Mixed;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Glmm;

/// <summary>Turns the end of an iteration into the fit that is reported: the data's units, standard errors, modes, warnings.</summary>
internal static class GlmmFitAssembler
{
    /// <summary>Builds the fit.</summary>
    public static GlmmFit Assemble(PreparedModel model, Ascent ascent)
    {
        var m = model.Map.ParameterCount;
        var p = model.Scaling.Columns;
        var scaled = ascent.Maximizer.Parameters;
        var reported = model.Map.ToReported(scaled, out var singular);
        model.Map.Jacobians(scaled, out var scaledByReported, out var reportedByScaled);
        var warnings = new List<string>();
        var covariance = model.Options.ComputeCovariance
            ? Covariance(ascent, reportedByScaled, m, warnings, AtInfinity(model, reported))
            : [];
        var scores = Scores(ascent, scaledByReported, m);
        var errors = new double[p];
        for (var j = 0; j < p; j++)
        {
            errors[j] = covariance.Length == 0 ? double.NaN : Math.Sqrt(covariance[(j * m) + j]);
        }

        var effects = Effects(model.Levels, model.Map, ascent);
        var solution = Solution.Of(ascent);
        var convergence = ascent.Convergence;
        if (convergence.Status == ConvergenceStatus.Boundary || (singular && convergence.Status == ConvergenceStatus.Converged))
        {
            convergence = convergence with
            {
                Status = ConvergenceStatus.Boundary,
                Message = BoundarySentence.Of(effects, model.Options.Tolerances.UnitCorrelation),
            };
        }

        var dispersion = model.Density.HasFreeDispersion ? Math.Exp(scaled[^1]) : model.FixedDispersion;
        if (convergence.Message.Length > 0)
        {
            warnings.Add(convergence.Message);
        }

        warnings.AddRange(GlmmWarnings.Of(model, dispersion));
        if (GlmmWarnings.NoInflation(model, reported) is { } none)
        {
            warnings.Add(none);
        }

        var pearson = convergence.Converged ? Overdispersion.Of(model, reported, effects, dispersion) : null;
        if (Overdispersion.Describe(model, pearson) is { } overdispersed)
        {
            warnings.Add(overdispersed);
        }

        CheckNodes(model, ascent, warnings);
        return new GlmmFit(model, solution, reported, covariance, scores, errors)
        {
            ParameterNames = Names(model),
            RandomEffects = effects,
            Dispersion = dispersion,
            Pearson = pearson,
            LogLikelihood = ascent.Maximizer.Value - ascent.Likelihood.Penalty(scaled),
            Nodes = ascent.Nodes,
            Convergence = convergence,
            Warnings = [.. warnings],
        };
    }

    /// <summary>
    /// Parameters whose estimate is minus infinity, where the likelihood is flat: the log odds of excess zeros that there are none of, the
    /// logarithm of a dispersion that is 0.
    /// </summary>
    private static bool[] AtInfinity(PreparedModel model, double[] reported)
    {
        var held = new bool[reported.Length];
        if (GlmmWarnings.IsInflationZero(model, reported))
        {
            held.AsSpan(model.Map.InflationStart, model.Map.InflationColumns).Fill(true);
        }

        if (model.Density.HasFreeDispersion)
        {
            held[^1] = GlmmWarnings.IsDispersionZero(model, Math.Exp(reported[^1]));
        }

        return held;
    }

    /// <summary>The inverse of the observed information in the units reported, m×m; a warning where it has none.</summary>
    internal static double[] Covariance(
        Ascent ascent, double[] reportedByScaled, int m, List<string> warnings, ReadOnlySpan<bool> held = default)
    {
        ascent.Maximizer.FinishInformation();
        var information = ascent.Maximizer.Curvature.ToArray();
        var inverse = new double[m * m];
        for (var j = 0; j < held.Length; j++)
        {
            for (var l = 0; l < m && held[j]; l++)
            {
                information[(j * m) + l] = information[(l * m) + j] = j == l ? 1 : 0;
            }
        }

        var scratch = new double[m * m];
        if (!Cholesky.TryInvert(information, m, scratch, inverse))
        {
            warnings.Add("The observed information is not positive definite at the solution, so there are no standard errors.");
            Array.Fill(inverse, double.NaN);
            return inverse;
        }

        for (var j = 0; j < held.Length; j++)
        {
            inverse[j * (m + 1)] = held[j] ? 0 : inverse[j * (m + 1)];
        }

        var covariance = new double[m * m];
        Dense.Sandwich(reportedByScaled, inverse, m, m, scratch, covariance);
        return covariance;
    }

    /// <summary>The clusters' scores in the units reported, clusters×m by row.</summary>
    internal static double[] Scores(Ascent ascent, double[] scaledByReported, int m)
    {
        var scores = new double[ascent.Likelihood.Clusters * m];
        ascent.Likelihood.ClusterScores(ascent.Maximizer.Parameters, scores);
        Span<double> row = m <= 64 ? stackalloc double[m] : new double[m];
        for (var start = 0; start < scores.Length; start += m)
        {
            Dense.MultiplyTransposed(scaledByReported, scores.AsSpan(start, m), row);
            row.CopyTo(scores.AsSpan(start));
        }

        return scores;
    }

    private static string[] Names(PreparedModel model)
    {
        var (fixedNames, map) = (model.Frame.Design.Names, model.Map);
        var names = new string[map.ParameterCount];
        var next = 0;
        for (; next < fixedNames.Count; next++)
        {
            names[next] = fixedNames[next];
        }

        for (var l = 0; l < model.Levels.Count; l++)
        {
            for (var e = 0; e < model.Levels[l].ParameterNames.Count; e++, next++)
            {
                names[next] = model.Levels[l].ParameterNames[e];
            }
        }

        foreach (var name in model.Density.IsInflated ? InflationDesign.Of(model.Frame).Names : [])
        {
            names[next++] = $"zero inflation {name}";
        }

        if (model.Density.HasFreeDispersion)
        {
            names[next] = "log dispersion";
        }

        return names;
    }

    /// <summary>The names of the covariance parameters, level by level, such as <c>theta[id](Intercept)</c>.</summary>
    internal static IEnumerable<string> CovarianceNames(IReadOnlyList<RandomLevel> levels) =>
        levels.SelectMany(level => level.ParameterNames);

    /// <summary>The estimates of every term of every level.</summary>
    internal static RandomEffectEstimate[] Effects(IReadOnlyList<RandomLevel> levels, ParameterMap map, Ascent ascent)
    {
        var scaled = ascent.Maximizer.Parameters;
        var posterior = ascent.Likelihood.Posterior(scaled);
        var estimates = new List<RandomEffectEstimate>();
        for (var l = 0; l < levels.Count; l++)
        {
            var first = 0;
            for (var t = 0; t < levels[l].Terms.Count; t++)
            {
                estimates.Add(Estimate(levels[l], t, first, posterior[l], map.CovarianceOf(l, t, scaled)));
                first += levels[l].Terms[t].Dimension;
            }
        }

        return [.. estimates];
    }

    private static RandomEffectEstimate Estimate(RandomLevel level, int index, int first, PosteriorModes posterior, double[] covariance)
    {
        var term = level.Terms[index];
        var d = term.Dimension;
        var q = level.Factor.Dimension;
        if (q == d && level.Scales.All(scale => scale == 1))
        {
            return new RandomEffectEstimate(term.Group, term.Names, covariance, posterior.Modes, posterior.StandardErrors, term.Label);
        }

        var modes = new double[level.GroupCount * d];
        var errors = new double[level.GroupCount * d];
        for (var g = 0; g < level.GroupCount; g++)
        {
            for (var a = 0; a < d; a++)
            {
                modes[(g * d) + a] = posterior.Modes[(g * q) + first + a] / level.Scales[first + a];
                errors[(g * d) + a] = posterior.StandardErrors[(g * q) + first + a] / level.Scales[first + a];
            }
        }

        return new RandomEffectEstimate(term.Group, term.Names, covariance, modes, errors, term.Label);
    }

    private static void CheckNodes(PreparedModel model, Ascent ascent, List<string> warnings)
    {
        if (model.LaplaceOnly)
        {
            if (model.Options.Nodes != 1 && !model.OneNodeIsExact)
            {
                warnings.Add((model.Crossed is not null
                    ? "The random effects are crossed"
                    : "The model has more than two levels of random effects")
                    + ", so the likelihood is the Laplace approximation, which --nodes 1 asks for.");
            }

            return;
        }

        if (!model.Options.CheckNodes || model.OneNodeIsExact)
        {
            return;
        }

        var more = model.MoreNodes(ascent.Nodes);
        double Change() => model.ValueWith(more, ascent.Likelihood, ascent.Maximizer.Parameters) - ascent.Maximizer.Value;
        if (NodesCheck.Sentence(ascent.Nodes, more, Change, model.Options.Tolerances.Nodes, ", or --nodes auto") is { } sentence)
        {
            warnings.Add(sentence);
        }
    }
}
