using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Glmm.Effects;
using MarginalConditional.Glmm.Fitting;
using MarginalConditional.Glmm.Model;
using MarginalConditional.Mixed;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.Parallelism;
using MarginalConditional.Statistics.Quadrature;
using MarginalConditional.Statistics.Separation;

namespace MarginalConditional.Glmm.Ordinal;

/// <summary>Fits cumulative mixed models by maximum likelihood: adaptive Gauss–Hermite quadrature, or Laplace's approximation.</summary>
/// <example>
/// <code>
/// using MarginalConditional.Data.Formulas;
/// using MarginalConditional.Data.Frames;
/// using MarginalConditional.Data.Tables;
/// using MarginalConditional.Glmm.Ordinal;
///
/// var data = DatasetReader.Read("trial.csv");
/// var frame = ModelFrameBuilder.Build(
///     data,
///     new FrameRequest { Formula = FormulaParser.Parse("score ~ arm + (1 | site)"), HasOrderedOutcome = true });
/// Console.WriteLine(OrdinalGlmmFitter.Fit(frame, new OrdinalGlmmOptions()));
/// </code>
/// </example>
public static class OrdinalGlmmFitter
{
    /// <summary>Fits the model of a frame with an ordered outcome; without random terms a random intercept of its clusters.</summary>
    /// <param name="frame">Design with an intercept, whose place thresholds take; codes of categories; random terms.</param>
    /// <param name="options">Link, nodes, nominal columns.</param>
    /// <param name="cancellation">Ends the work, as <see cref="CancellationScope"/> says.</param>
    /// <exception cref="ArgumentException">There is no such model: see <see cref="Problem"/>.</exception>
    public static OrdinalGlmmFit Fit(ModelFrame frame, OrdinalGlmmOptions options, CancellationToken cancellation = default)
    {
        using var scope = CancellationScope.Enter(cancellation);
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegative(options.Nodes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Nodes, GaussHermiteRule.MaximumNodes);
        var model = new OrdinalModel(frame, options);
        var start = new OrdinalStart(model);
        if (start.Separated() is { } separated)
        {
            return AtInfinity(model, separated);
        }

        var likelihood = model.Open(model.Nodes);
        var tolerances = options.Tolerances;
        var maximizer = new NewtonMaximizer(likelihood, tolerances) { Watched = model.Watched };
        var convergence = maximizer.Climb(start.MixedStart(), options.MaximumIterations, tolerances.Distance);
        var ascent = Boundary.Settle(
            model.Levels,
            new Ascent(likelihood, maximizer, convergence, model.Nodes),
            start.Parameters,
            tolerances,
            options.MaximumIterations,
            model.Watched);
        return IsUnbounded(model, ascent) ? WithoutMaximum(model) : Assemble(model, ascent);
    }

    /// <summary>Why a frame and options have no model, a sentence for the user; null if they have one.</summary>
    /// <param name="frame">Design, response and random terms.</param>
    /// <param name="options">Link, nodes, nominal columns.</param>
    public static string? Problem(ModelFrame frame, OrdinalGlmmOptions options)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(options);
        return OrdinalModel.Problem(frame, options);
    }

    private static OrdinalGlmmFit Assemble(OrdinalModel model, Ascent ascent)
    {
        var m = model.Map.ParameterCount;
        var scaled = ascent.Maximizer.Parameters;
        var reported = model.Map.ToReported(scaled, out var singular);
        model.Map.Jacobians(scaled, out var scaledByReported, out var reportedByScaled);
        List<string> warnings = model.Options.PenaltyScale is { } scale ? [GlmmWarnings.OfPenalty(scale)] : [];
        var covariance = model.Options.ComputeCovariance ? GlmmFitAssembler.Covariance(ascent, reportedByScaled, m, warnings) : [];
        var effects = GlmmFitAssembler.Effects(model.Levels, model.Map, ascent);
        var convergence = ascent.Convergence;
        if (convergence.Status == ConvergenceStatus.Boundary || (singular && convergence.Status == ConvergenceStatus.Converged))
        {
            convergence = convergence with
            {
                Status = ConvergenceStatus.Boundary,
                Message = BoundarySentence.Of(effects, model.Options.Tolerances.UnitCorrelation),
            };
        }

        if (convergence.Message.Length > 0)
        {
            warnings.Add(convergence.Message);
        }

        CheckNodes(model, ascent, warnings);
        return new OrdinalGlmmFit(
            model.Frame,
            model.Options,
            model.Layout,
            Solution.Of(ascent),
            reported,
            covariance,
            GlmmFitAssembler.Scores(ascent, scaledByReported, m))
        {
            ParameterNames = [.. model.Layout.Names, .. GlmmFitAssembler.CovarianceNames(model.Levels)],
            RandomEffects = effects,
            LogLikelihood = ascent.Maximizer.Value - ascent.Likelihood.Penalty(scaled),
            Nodes = ascent.Nodes,
            Convergence = convergence,
            Warnings = [.. warnings],
        };
    }

    private static void CheckNodes(OrdinalModel model, Ascent ascent, List<string> warnings)
    {
        if (model.Levels.Count > 1 && ascent.Nodes == 1)
        {
            if (model.Options.Nodes == 0)
            {
                warnings.Add(OrdinalModel.HasQuadrature(model.Levels)
                    ? "With so many rows nested random effects are integrated by the Laplace approximation unasked, which --nodes 1 asks "
                        + "for; --nodes 5 integrates them by quadrature, which takes longer."
                    : "The random effects cross, so the likelihood is the Laplace approximation, which --nodes 1 asks for.");
            }

            return;
        }

        var more = Math.Min(GaussHermiteRule.MaximumNodes, ascent.Nodes + Math.Max(4, (ascent.Nodes + 1) / 2));
        if (!model.Options.CheckNodes || !ModelSize.IsModest(model.Levels, more, isNested: true))
        {
            return;
        }

        double Change()
        {
            var likelihood = model.Open(more);
            likelihood.StartAt(ascent.Likelihood.CopyModes());
            return likelihood.Evaluate(ascent.Maximizer.Parameters, EvaluationNeeds.Value, [], []) - ascent.Maximizer.Value;
        }

        if (NodesCheck.Sentence(ascent.Nodes, more, Change, model.Options.Tolerances.Nodes) is { } sentence)
        {
            warnings.Add(sentence);
        }
    }

    /// <summary>The fit of separated outcomes: the parameters that grow without bound have their limits, the others no number.</summary>
    private static OrdinalGlmmFit AtInfinity(OrdinalModel model, SeparatedRows separated)
    {
        var parameters = new double[model.Map.ParameterCount];
        Array.Fill(parameters, double.NaN);
        var grow = new List<string>();
        for (var j = 0; j < model.Layout.Count; j++)
        {
            if (separated.Limits[j] != 0)
            {
                parameters[j] = separated.Limits[j];
                grow.Add(model.Layout.Names[j]);
            }
        }

        var slopes = grow.Skip(grow.FindIndex(name => !model.Layout.Names.Take(model.Layout.Thresholds).Contains(name))).ToList();
        var listed = string.Join(", ", (slopes.Count > 0 ? slopes : grow).Take(5).Select(name => $"\"{name}\""));
        var message = $"The categories are separated along {listed}: some are told apart without error as it grows without bound, so there "
            + "is no finite estimate. Leave the term out, merge its levels, join categories, or hold it by --penalty.";
        return WithoutNumbers(model, parameters, message);
    }

    /// <summary>
    /// Whether a climb ended on its way to an infinite variance, or lower than where it leads: groups of one category each are told apart
    /// by their effects alone as these and the thresholds grow, and ℓ tends to Σ log of the category's share of the groups.
    /// </summary>
    private static bool IsUnbounded(OrdinalModel model, Ascent ascent)
    {
        var unbounded = false;
        foreach (var entry in ascent.Maximizer.Parameters.AsSpan(model.Watched.First, model.Watched.Count))
        {
            unbounded |= Math.Abs(entry) > model.Options.Tolerances.UnboundedDeviation;
        }

        var height = ascent.Maximizer.Value - ascent.Likelihood.Penalty(ascent.Maximizer.Parameters);
        return (unbounded && !ascent.Convergence.Converged)
            || HeightAtInfinity(model) >= height - model.Options.Tolerances.TestRounding;
    }

    /// <summary>What ℓ tends to as the variance of the only random intercept grows, where every group has one category; else −∞.</summary>
    private static double HeightAtInfinity(OrdinalModel model)
    {
        var rows = model.Rows;
        if (model.Levels.Count > 1 || !model.Levels[0].Terms.Any(term => term.Names.Contains(DesignMatrix.InterceptName)))
        {
            return double.NegativeInfinity;
        }

        var groups = new double[model.Layout.Thresholds + 1];
        for (var block = 0; block < rows.Blocks.Count; block++)
        {
            CancellationScope.Check();
            var codes = rows.Codes.AsSpan(rows.Blocks.RowStart(block)..rows.Blocks.RowStart(block + 1));
            if (codes.ContainsAnyExcept(codes[0]))
            {
                return double.NegativeInfinity;
            }

            groups[codes[0]]++;
        }

        return groups.Where(count => count > 0).Sum(count => count * Math.Log(count / rows.Blocks.Count));
    }

    /// <summary>The fit of a likelihood that rises for ever as a variance grows: no parameter has an estimate.</summary>
    private static OrdinalGlmmFit WithoutMaximum(OrdinalModel model)
    {
        var parameters = new double[model.Map.ParameterCount];
        Array.Fill(parameters, double.NaN);
        var groups = string.Join(" and ", model.Levels.Select(level => level.Terms[0].Group));
        return WithoutNumbers(
            model,
            parameters,
            $"The random effects of {groups} tell the categories apart, and the likelihood rises for ever as their variance grows: "
                + "neither it nor the coefficients have a finite estimate. Describe the marginal probabilities by gee, or use fewer random "
                + "effects.");
    }

    private static OrdinalGlmmFit WithoutNumbers(OrdinalModel model, double[] parameters, string message)
    {
        var m = parameters.Length;
        var unknown = new double[m * m];
        Array.Fill(unknown, double.NaN);
        return new OrdinalGlmmFit(model.Frame, model.Options, model.Layout, null, parameters, unknown, [])
        {
            ParameterNames = [.. model.Layout.Names, .. GlmmFitAssembler.CovarianceNames(model.Levels)],
            RandomEffects = [.. model.Levels.SelectMany(level => level.Terms).Select(Unknown)],
            LogLikelihood = double.NaN,
            Nodes = model.Nodes,
            Convergence = new Convergence(ConvergenceStatus.Separation, 0, double.NaN, model.Options.Tolerances.Distance, message),
            Warnings = [message],
        };
    }

    private static RandomEffectEstimate Unknown(Data.Frames.RandomTermDesign term)
    {
        static double[] Nothing(int count) => [.. Enumerable.Repeat(double.NaN, count)];
        return new RandomEffectEstimate(
            term.Group,
            term.Names,
            Nothing(term.Dimension * term.Dimension),
            Nothing(term.GroupCount * term.Dimension),
            Nothing(term.GroupCount * term.Dimension),
            term.Label);
    }
}
