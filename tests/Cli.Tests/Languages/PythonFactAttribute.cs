namespace MarginalConditional.Cli.Tests.Languages;

/// <summary>A test that runs Python with these modules.</summary>
internal sealed class PythonFactAttribute : FactAttribute
{
    public PythonFactAttribute(params string[] modules) => Skip = Peers.MissingModules(modules);
}
