namespace MarginalConditional.Cli.Commands.Compare;

/// <summary>What a reader of a comparison asked to see, and how the event is meant.</summary>
/// <param name="EventIsHarm">Whether the outcome's event is unwanted, which turns numbers needed to treat.</param>
/// <param name="ShowsEstimands">Whether the console writes the estimands in the terms of ICH E9(R1).</param>
/// <param name="Answers">What was asked of arms beyond each against the reference.</param>
internal sealed record CompareView(bool EventIsHarm, bool ShowsEstimands, ArmAnswers Answers);
