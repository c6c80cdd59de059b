namespace MarginalConditional.Cli.Tests.Languages;

/// <summary>A test that runs R with these packages.</summary>
internal sealed class PackagesFactAttribute : FactAttribute
{
    public PackagesFactAttribute(params string[] packages) => Skip = Peers.MissingPackages(packages);
}
