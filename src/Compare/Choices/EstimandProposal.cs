using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Simulation.Running;
using MarginalConditional.Compare.Simulation.Studies;
using MarginalConditional.Data;

namespace MarginalConditional.Compare.Choices;

/// <summary>What follows from the answers about a planned trial: estimand, analysis, plan and study. Immutable.</summary>
public sealed record EstimandProposal
{
    private EstimandProposal(EstimandChoice choice)
    {
        Choice = choice;
        Statement = ChoiceStatement.Of(choice);
        Analysis = AnalysisCommand.Of(choice);
        Plan = PlanText.Of(choice, Statement);
        StudyText = ChoiceStudy.Text(choice);
        Study = ChoiceStudy.Parse(StudyText);
    }

    /// <summary>The answers.</summary>
    public EstimandChoice Choice { get; }

    /// <summary>The estimand in the terms of ICH E9(R1).</summary>
    public EstimandStatement Statement { get; }

    /// <summary>The arguments of the program that analyse the trial, without the program's name.</summary>
    public IReadOnlyList<string> Analysis { get; }

    /// <summary>Paragraphs for the statistical analysis plan.</summary>
    public IReadOnlyList<string> Plan { get; }

    /// <summary>The study file of the trial at its own size.</summary>
    public string StudyText { get; }

    /// <summary>The study in that file.</summary>
    public Study Study { get; }

    /// <summary>What the answers lead to.</summary>
    /// <exception cref="InputException">The expected numbers make no trial.</exception>
    public static EstimandProposal Of(EstimandChoice choice)
    {
        ArgumentNullException.ThrowIfNull(choice);
        return new EstimandProposal(choice);
    }

    /// <summary>The paragraph on what simulation found.</summary>
    /// <param name="result">A result of <see cref="Study"/>, with any number of replicates.</param>
    public string Performance(StudyResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return PlanText.Performance(Choice, result);
    }
}
