namespace MarginalConditional.Cli.Tests.Languages;

/// <summary>A test that runs R and Python, with the packages that the example of a study in several languages uses.</summary>
internal sealed class PeerFactAttribute : FactAttribute
{
    public PeerFactAttribute() => Skip = Peers.Missing;
}
