namespace MarginalConditional.Cli.Tests.Reference;

/// <summary>The whole program against every number of tests/reference/cases. Source and tolerance stand in each case.</summary>
public sealed class ReferenceCasesGolden
{
    public static TheoryData<string> Cases => [.. ReferenceComparison.Names];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Program_agrees_with_the_reference(string name)
    {
        var agreement = ReferenceComparison.Of(ReferenceCase.Read(name));
        Assert.True(agreement.Differences.Count == 0, string.Join(Environment.NewLine, agreement.Differences));
    }
}
