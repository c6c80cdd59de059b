namespace MarginalConditional.Browser.Tests.Support;

/// <summary>The tests that share a browser.</summary>
[CollectionDefinition(BrowserFixture.Name)]
public sealed class BrowserGroup : ICollectionFixture<BrowserFixture>;
