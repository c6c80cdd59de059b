using MarginalConditional.Compare.Comparison;
using MarginalConditional.Compare.Comparison.Reasons;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Ladders;
using MarginalConditional.Data.Frames;
using MarginalConditional.Gee;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare.Persons;

/// <summary>A trial randomized by person: one model, and every estimand that follows from it. Immutable.</summary>
public sealed class PersonComparison
{
    private readonly double[] modelErrors;

    internal PersonComparison(double[] modelErrors) => this.modelErrors = modelErrors;

    /// <summary>The rows fitted.</summary>
    public ModelFrame Frame => Fit.Frame;

    /// <summary>What was asked for, with the family as fitted.</summary>
    public required PersonOptions Options { get; init; }

    /// <summary>The generalized linear model: estimating equations under independence, each row by itself.</summary>
    public required GeeFit Fit { get; init; }

    /// <summary>n, the number of persons: of rows, unless rows stand for several.</summary>
    public required int Persons { get; init; }

    /// <summary>The model's coefficients, link scale, with standard errors by influence.</summary>
    public required CoefficientTable Coefficients { get; init; }

    /// <summary>Their standard errors if the model holds, p values.</summary>
    public ReadOnlySpan<double> ModelStandardErrors => modelErrors;

    /// <summary>The coefficients that belong to the treatment, the primary ones first.</summary>
    public required IReadOnlyList<TreatmentEffect> Effects { get; init; }

    /// <summary>The mean outcome under each arm; null where the treatment has no arms to set, or the fit no finite estimates.</summary>
    public required PersonStandardization? Standardized { get; init; }

    /// <summary>From conditional on covariates to unconditional, for every arm and scale.</summary>
    public required EstimandLadder Ladder { get; init; }

    /// <summary>The ladders of subgroups and whether their effects differ; null when no column of subgroups was named.</summary>
    public SubgroupAnalysis? Subgroups { get; init; }

    /// <summary>What was looked at that threatens an estimand.</summary>
    public required IReadOnlyList<ReasonCheck> Checks { get; init; }

    /// <summary>The conclusion in plain sentences, which claim only what a test shows.</summary>
    public required IReadOnlyList<string> Verdict { get; init; }

    /// <summary>The estimand of every rung in the terms of ICH E9(R1); without arms to set the conditional one alone.</summary>
    public required IReadOnlyList<EstimandStatement> Estimands { get; init; }

    /// <summary>What the reader should know of how persons were counted, one sentence each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>What the reader should beware of, one sentence each.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>The scale that the link belongs to, else that of odds ratios or differences: the one to show first.</summary>
    public string PrimaryScale => PersonLadder.PrimaryScale(Options);

    /// <summary>
    /// What was pooled over imputed data sets; null for a comparison of one data set. Fit, frame and standard errors of the model are then
    /// those of the first set.
    /// </summary>
    public PooledFacts? Pool { get; private init; }

    /// <summary>The same with its rows pooled over imputed data sets, and the verdict that follows from these.</summary>
    internal PersonComparison Pooled(
        CoefficientTable coefficients,
        PersonStandardization? standardized,
        EstimandLadder ladder,
        SubgroupAnalysis? subgroups,
        IReadOnlyList<ReasonCheck> checks,
        IReadOnlyList<string> notes,
        IReadOnlyList<string> warnings,
        PooledFacts pool) => new(modelErrors)
        {
            Options = Options,
            Fit = Fit,
            Persons = Persons,
            Coefficients = coefficients,
            Effects = Effects,
            Standardized = standardized,
            Ladder = ladder,
            Subgroups = subgroups,
            Checks = checks,
            Verdict = standardized is null ? Verdict : PersonVerdict.Of(Options, standardized.Levels, ladder, checks),
            Estimands = Estimands,
            Notes = notes,
            Warnings = warnings,
            Pool = pool,
        };

    /// <summary>How the fit ended.</summary>
    public Convergence Convergence => Fit.Convergence;

    /// <summary>In one line: what was compared, on how many rows, and how the fit ended.</summary>
    public override string ToString() => $"Comparison of {Options.Treatment} on {Frame.ResponseName}, by person: {Frame}; {Convergence}";
}
