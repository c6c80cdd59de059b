using System.Globalization;
using MarginalConditional.Glmm.Likelihood;
using MarginalConditional.Glmm.Optimization;
using MarginalConditional.Glmm.RandomEffects;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Glmm;

/// <summary>Turns a maximum into the fit that is reported: the data's units, standard errors, modes, warnings.</summary>
internal static class GlmmFitAssembler
{
    /// <summary>Builds the fit.</summary>
    public static GlmmFit Assemble(GlmmModel model, Maximum maximum)
    {
        var m = model.Map.ParameterCount;
        var p = model.Scaling.Columns;
        var scaled = maximum.Maximizer.Parameters;
        var reported = model.Map.ToReported(scaled, out var singular);
        model.Map.Jacobians(scaled, out var scaledByReported, out var reportedByScaled);
        var warnings = new List<string>();
        var covariance = model.Options.ComputeCovariance ? Covariance(maximum, reportedByScaled, m, warnings) : [];
        var scores = Scores(maximum, scaledByReported, m);
        var errors = new double[p];
        for (var j = 0; j < p; j++)
        {
            errors[j] = covariance.Length == 0 ? double.NaN : Math.Sqrt(covariance[(j * m) + j]);
        }

        var convergence = maximum.Convergence;
        if (singular && convergence.Status == ConvergenceStatus.Converged)
        {
            convergence = convergence with
            {
                Status = ConvergenceStatus.Boundary,
                Message = "The maximum lies on the boundary, where the covariance matrix of the random effects is singular.",
            };
        }

        if (convergence.Message.Length > 0)
        {
            warnings.Add(convergence.Message);
        }

        var fit = new GlmmFit(model.Frame, model.Options, reported, covariance, scores)
        {
            ParameterNames = Names(model),
            RandomEffects = Effects(model, maximum),
            Dispersion = model.Density.HasFreeDispersion ? Math.Exp(scaled[^1]) : model.FixedDispersion,
            LogLikelihood = maximum.Maximizer.Value,
            Nodes = maximum.Nodes,
            Convergence = convergence,
            Warnings = warnings,
            StandardErrorArray = errors,
        };
        CheckNodes(model, maximum, warnings);
        return fit;
    }

    private static double[] Covariance(Maximum maximum, double[] reportedByScaled, int m, List<string> warnings)
    {
        maximum.Maximizer.FinishInformation();
        var inverse = new double[m * m];
        if (!Cholesky.TryInvert(maximum.Maximizer.Information, m, new double[m * m], inverse))
        {
            warnings.Add("The observed information is not positive definite at the solution, so there are no standard errors.");
            Array.Fill(inverse, double.NaN);
            return inverse;
        }

        var covariance = new double[m * m];
        Dense.Sandwich(reportedByScaled, inverse, m, m, new double[m * m], covariance);
        return covariance;
    }

    private static double[] Scores(Maximum maximum, double[] scaledByReported, int m)
    {
        var scores = new double[maximum.Likelihood.Clusters * m];
        maximum.Likelihood.ClusterScores(maximum.Maximizer.Parameters, scores);
        var row = new double[m];
        for (var start = 0; start < scores.Length; start += m)
        {
            Dense.MultiplyTransposed(scaledByReported, scores.AsSpan(start, m), row);
            row.CopyTo(scores, start);
        }

        return scores;
    }

    private static string[] Names(GlmmModel model)
    {
        var names = new List<string>(model.Frame.Design.Names);
        foreach (var term in model.Levels.SelectMany(level => level.Terms))
        {
            for (var b = 0; b < term.Dimension; b++)
            {
                for (var a = b; a < (term.Correlated ? term.Dimension : b + 1); a++)
                {
                    names.Add(a == b ? $"theta[{term.Group}]{term.Names[a]}" : $"theta[{term.Group}]{term.Names[a]},{term.Names[b]}");
                }
            }
        }

        if (model.Density.HasFreeDispersion)
        {
            names.Add("log dispersion");
        }

        return [.. names];
    }

    private static List<RandomEffectEstimate> Effects(GlmmModel model, Maximum maximum)
    {
        var level = model.Levels[0];
        var q = level.Factor.Dimension;
        var scaled = maximum.Maximizer.Parameters;
        var lambda = new double[q * q];
        level.Factor.Fill(scaled.AsSpan(model.Scaling.Columns, level.Factor.ParameterCount), lambda);
        var patterns = model.Data.Patterns;
        var modes = new double[patterns * q];
        var errors = new double[patterns * q];
        maximum.Likelihood.VisitPatterns(scaled, (pattern, integrator) => Describe(pattern, integrator, lambda, level, modes, errors));
        var estimates = new List<RandomEffectEstimate>();
        var first = 0;
        for (var t = 0; t < level.Terms.Count; t++)
        {
            var term = level.Terms[t];
            var d = term.Dimension;
            var termModes = new double[level.GroupCount * d];
            var termErrors = new double[level.GroupCount * d];
            for (var g = 0; g < level.GroupCount; g++)
            {
                var source = (model.Data.PatternOfCluster[g] * q) + first;
                modes.AsSpan(source, d).CopyTo(termModes.AsSpan(g * d));
                errors.AsSpan(source, d).CopyTo(termErrors.AsSpan(g * d));
            }

            estimates.Add(new RandomEffectEstimate(term.Group, term.Names, model.Map.CovarianceOf(0, t, scaled), termModes, termErrors, term.Label));
            first += d;
        }

        return estimates;
    }

    // b̂ = Λû with covariance ΛTTᵀΛᵀ, in the data's units.
    private static void Describe(int pattern, ClusterIntegrator integrator, double[] lambda, RandomLevel level, double[] modes, double[] errors)
    {
        var q = level.Factor.Dimension;
        for (var a = 0; a < q; a++)
        {
            double mode = 0, variance = 0;
            for (var d = 0; d < q; d++)
            {
                mode += lambda[(a * q) + d] * integrator.PosteriorMode[d];
                var entry = 0.0;
                for (var b = 0; b <= d; b++)
                {
                    entry += lambda[(a * q) + b] * integrator.PosteriorRoot[(b * q) + d];
                }

                variance += entry * entry;
            }

            modes[(pattern * q) + a] = mode / level.Scales[a];
            errors[(pattern * q) + a] = Math.Sqrt(variance) / level.Scales[a];
        }
    }

    private static void CheckNodes(GlmmModel model, Maximum maximum, List<string> warnings)
    {
        if (!model.Options.CheckNodes)
        {
            return;
        }

        var more = GlmmFitter.MoreNodes(maximum.Nodes, model.Dimension);
        var value = model.Likelihood(more).StartingFrom(maximum.Likelihood).Evaluate(maximum.Maximizer.Parameters, EvaluationNeeds.Value, [], []);
        var change = value - maximum.Maximizer.Value;
        if (Math.Abs(change) > model.Options.NodeTolerance)
        {
            var unit = maximum.Nodes == 1 ? "node (the Laplace approximation)" : "nodes";
            warnings.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"With {more} nodes a dimension instead of {maximum.Nodes} {unit} the log-likelihood at the solution changes by {change:0.####}; use more nodes or choose the number automatically."));
        }
    }
}
