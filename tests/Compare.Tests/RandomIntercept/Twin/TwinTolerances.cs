namespace MarginalConditional.Compare.Tests.RandomIntercept.Twin;

/// <summary>Where the slow fit stops.</summary>
internal sealed record TwinTolerances
{
    public double Distance { get; init; } = 1e-9;

    public double Loss { get; init; } = 1e-9;

    public double LongestStep { get; init; } = 2;

    public double DifferenceStep { get; init; } = 1e-5;

    public double Mode { get; init; } = 1e-10;

    public double LongestModeStep { get; init; } = 2;
}
