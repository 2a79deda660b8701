<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     The shells of what stands on a page: head of a section, contents, table, empty list, list that is not shown whole.
  INPUT       Words of the strings file; nodes for mode="row".
  OUTPUT      HTML
  MODES       shown      a list that knows how many it shows, of how many
  TEMPLATES   section-head, contents, table, empty
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1" exclude-result-prefixes="e">

  <!-- What a section begins with: its words are section.<words> and, where there is one, section.<words>.lead. Sections are written
       in place, and rows of tables are applied in place: what is built and then copied is built twice. -->
  <xsl:template name="section-head">
    <xsl:param name="words"/>
    <h2><xsl:call-template name="label"><xsl:with-param name="id" select="concat('section.', $words)"/></xsl:call-template></h2>
    <xsl:variable name="lead">
      <xsl:call-template name="say">
        <xsl:with-param name="id" select="concat('section.', $words, '.lead')"/>
        <xsl:with-param name="optional" select="true()"/>
      </xsl:call-template>
    </xsl:variable>
    <xsl:if test="string($lead) != ''"><p class="section-lead"><xsl:copy-of select="$lead"/></p></xsl:if>
  </xsl:template>

  <!-- Links to the sections of a long page; `ids` is a list set apart by single spaces, `id=words` where the words differ. -->
  <xsl:template name="contents">
    <xsl:param name="ids"/>
    <nav class="contents">
      <xsl:attribute name="aria-label">
        <xsl:call-template name="label"><xsl:with-param name="id" select="'frame.contents'"/></xsl:call-template>
      </xsl:attribute>
      <ul><xsl:call-template name="contents-entry"><xsl:with-param name="ids" select="concat($ids, ' ')"/></xsl:call-template></ul>
    </nav>
  </xsl:template>

  <xsl:template name="contents-entry">
    <xsl:param name="ids"/>
    <xsl:variable name="entry" select="substring-before($ids, ' ')"/>
    <xsl:if test="$entry != ''">
      <xsl:variable name="id" select="substring-before(concat($entry, '='), '=')"/>
      <xsl:variable name="words" select="substring-after($entry, '=')"/>
      <li>
        <a href="#{$id}">
          <xsl:call-template name="label">
            <xsl:with-param name="id" select="concat('section.', $words, substring($id, 1, string-length($id) * not($words)))"/>
          </xsl:call-template>
        </a>
      </li>
      <xsl:call-template name="contents-entry"><xsl:with-param name="ids" select="substring-after($ids, ' ')"/></xsl:call-template>
    </xsl:if>
  </xsl:template>

  <!-- A table in a labelled region that can be scrolled from the keyboard; caption and columns stand in the strings file. `rows` are
       nodes for mode="row"; rows that need more are `written` by the caller. -->
  <xsl:template name="table">
    <xsl:param name="id"/>
    <xsl:param name="rows" select="/.."/>
    <xsl:param name="written"/>
    <xsl:param name="a"/>
    <xsl:param name="b"/>
    <xsl:for-each select="$strings">
      <xsl:variable name="table" select="key('table', $id)"/>
      <xsl:if test="not($table)">
        <xsl:message terminate="yes">No table "<xsl:value-of select="$id"/>" in the strings</xsl:message>
      </xsl:if>
      <div class="scroll" role="region" tabindex="0">
        <xsl:attribute name="aria-label">
          <xsl:apply-templates select="$table/caption/node()" mode="string">
            <xsl:with-param name="a" select="translate($a, $direction-controls, '')"/>
            <xsl:with-param name="b" select="translate($b, $direction-controls, '')"/>
          </xsl:apply-templates>
        </xsl:attribute>
        <table class="table-{$id}">
          <caption>
            <xsl:apply-templates select="$table/caption/node()" mode="string">
              <xsl:with-param name="a"><bdi><xsl:value-of select="$a"/></bdi></xsl:with-param>
              <xsl:with-param name="b"><bdi><xsl:value-of select="$b"/></bdi></xsl:with-param>
            </xsl:apply-templates>
          </caption>
          <thead><tr><xsl:apply-templates select="$table/col" mode="column"/></tr></thead>
          <tbody><xsl:apply-templates select="$rows" mode="row"/><xsl:copy-of select="$written"/></tbody>
        </table>
      </div>
    </xsl:for-each>
  </xsl:template>

  <xsl:template match="col" mode="column">
    <th scope="col">
      <xsl:if test="@kind = 'number'"><xsl:attribute name="class">n</xsl:attribute></xsl:if>
      <xsl:apply-templates mode="string"/>
    </th>
  </xsl:template>

  <!-- An empty list says a sentence. -->
  <xsl:template name="empty">
    <xsl:param name="id"/>
    <p class="empty">
      <xsl:call-template name="label"><xsl:with-param name="id" select="concat('empty.', $id)"/></xsl:call-template>
    </p>
  </xsl:template>

  <!-- How many of a list stand here, when not all do, and where the rest is. -->
  <xsl:template match="*[@shown and @of]" mode="shown">
    <xsl:if test="@shown &lt; @of">
      <p class="shown">
        <xsl:call-template name="say">
          <xsl:with-param name="id" select="'shown'"/>
          <xsl:with-param name="a">
            <xsl:call-template name="number"><xsl:with-param name="n" select="@shown"/></xsl:call-template>
          </xsl:with-param>
          <xsl:with-param name="b">
            <xsl:call-template name="number">
              <xsl:with-param name="n" select="@of"/>
              <xsl:with-param name="page" select="@page"/>
            </xsl:call-template>
          </xsl:with-param>
        </xsl:call-template>
      </p>
    </xsl:if>
  </xsl:template>

</xsl:stylesheet>
