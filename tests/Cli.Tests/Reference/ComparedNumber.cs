namespace MarginalConditional.Cli.Tests.Reference;

/// <summary>A number of the program beside a reference's.</summary>
/// <param name="What">What it is.</param>
/// <param name="Actual">The program's, <c>NaN</c> where it has none.</param>
/// <param name="Expected">The reference's.</param>
/// <param name="Size">What differences are relative to.</param>
internal sealed record ComparedNumber(string What, double Actual, double Expected, double Size);
