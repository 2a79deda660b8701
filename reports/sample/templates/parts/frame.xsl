<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     The frame of every page: head, skip link, pack identity, navigation, headline, footer.
  INPUT       Any root element with its <context>.
  OUTPUT      One static HTML page: no inline script or style, no address outside the pack. It names assets/search.js, which adds a
              search where scripts run; the page is complete without it.
  VARIABLES   entry   the entry stylesheet's name; an entry sets its own
              here    the page's path in the pack; entries made from pack.xml set their own
              up      the way back to the top of the pack ("" or "../")
  MODES       page       root to whole page          title     plain words for <title>
              headline   root to heading block       body      root to content, in the entry stylesheet
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1" exclude-result-prefixes="e">

  <xsl:import href="last-resort.xsl"/>
  <xsl:import href="strings.xsl"/>
  <xsl:import href="values.xsl"/>
  <xsl:import href="shells.xsl"/>
  <xsl:import href="pager.xsl"/>

  <xsl:output method="html" encoding="UTF-8" doctype-system="about:legacy-compat" indent="no"/>

  <xsl:variable name="entry" select="local-name(/*)"/>
  <xsl:variable name="context" select="/*/e:context"/>
  <xsl:variable name="here" select="string($context/@page)"/>
  <xsl:variable name="up"><xsl:if test="contains($here, '/')">../</xsl:if></xsl:variable>
  <xsl:variable name="room" select="substring-before($here, '/')"/>
  <!-- A further class of the body, after a blank; dossiers set theirs. -->
  <xsl:variable name="form" select="''"/>

  <xsl:template match="*" mode="page">
    <xsl:if test="not($strings/strings)"><xsl:message terminate="yes">No strings/<xsl:value-of select="$language"/>.xml</xsl:message></xsl:if>
    <html lang="{$language}">
      <head>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta name="color-scheme" content="light dark"/>
        <title>
          <xsl:call-template name="say">
            <xsl:with-param name="id" select="'frame.title'"/>
            <xsl:with-param name="a">
              <xsl:apply-templates select="." mode="title"/>
              <xsl:apply-templates select="e:orders | e:pages" mode="title"/>
            </xsl:with-param>
            <xsl:with-param name="b" select="translate($context/@organisation, $direction-controls, '')"/>
            <xsl:with-param name="c" select="string($context/@period-text)"/>
          </xsl:call-template>
        </title>
        <link rel="stylesheet" href="{$up}assets/pack.css"/>
        <!-- The search knows names, so packs of lower levels have none. -->
        <xsl:if test="$context/@level = 'internal'"><script src="{$up}assets/search.js" defer="defer"/></xsl:if>
      </head>
      <body class="page-{$entry}{$form}">
        <a class="skip" href="#main">
          <xsl:call-template name="label"><xsl:with-param name="id" select="'frame.skip'"/></xsl:call-template>
        </a>
        <xsl:apply-templates select="e:context" mode="masthead"/>
        <xsl:apply-templates select="e:context" mode="path"/>
        <main id="main" tabindex="-1">
          <header class="headline"><xsl:apply-templates select="." mode="headline"/></header>
          <xsl:apply-templates select="." mode="body"/>
        </main>
        <xsl:apply-templates select="e:context" mode="footer"/>
      </body>
    </html>
  </xsl:template>

  <!-- Titles: the strings file knows one for each entry; things with a name of their own say it. -->

  <xsl:template match="*" mode="title">
    <xsl:call-template name="say">
      <xsl:with-param name="id" select="concat('title.', $entry)"/>
      <xsl:with-param name="a" select="translate(@id, $direction-controls, '')"/>
      <xsl:with-param name="b" select="translate(@title, $direction-controls, '')"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="e:pages" mode="title">
    <xsl:if test="@of &gt; 1">
      <xsl:text>, </xsl:text>
      <xsl:call-template name="say">
        <xsl:with-param name="id" select="'pager.number'"/>
        <xsl:with-param name="a" select="format-number(@number, '#,##0')"/>
        <xsl:with-param name="b" select="format-number(@of, '#,##0')"/>
        <xsl:with-param name="c" select="translate(e:page-link[@current = 'true']/@title, $direction-controls, '')"/>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>

  <!-- Decisions say in their title what the page holds. -->
  <xsl:template match="e:decisions/e:pages" mode="title">
    <xsl:if test="@of &gt; 1">
      <xsl:text> </xsl:text>
      <xsl:call-template name="say">
        <xsl:with-param name="id" select="'pager.place'"/>
        <xsl:with-param name="a" select="format-number(@number, '#,##0')"/>
        <xsl:with-param name="b" select="format-number(@of, '#,##0')"/>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>

  <!-- The first order of a list is the list; another says which it is. -->
  <xsl:template match="e:orders" mode="title">
    <xsl:apply-templates select="e:list-order[position() &gt; 1][@current = 'true']" mode="title"/>
  </xsl:template>

  <xsl:template match="e:list-order" mode="title">
    <xsl:text>, </xsl:text>
    <xsl:call-template name="label"><xsl:with-param name="id" select="concat('order.', ../@of, '.', @by)"/></xsl:call-template>
  </xsl:template>

  <xsl:template match="*" mode="headline">
    <h1>
      <xsl:call-template name="say">
        <xsl:with-param name="id" select="concat('heading.', $entry)"/>
        <xsl:with-param name="a"><bdi><xsl:value-of select="@id"/></bdi></xsl:with-param>
        <xsl:with-param name="b"><bdi><xsl:value-of select="@title"/></bdi></xsl:with-param>
      </xsl:call-template>
    </h1>
    <p class="lead"><xsl:call-template name="label"><xsl:with-param name="id" select="concat('lead.', $entry)"/></xsl:call-template></p>
  </xsl:template>

  <!-- Masthead -->

  <xsl:template match="e:context" mode="masthead">
    <header class="masthead">
      <div class="identity">
        <p class="brand">
          <a href="{$up}index.html">
            <xsl:call-template name="label"><xsl:with-param name="id" select="'frame.brand'"/></xsl:call-template>
          </a>
        </p>
        <p class="pack">
          <bdi><xsl:value-of select="@organisation"/></bdi>
          <xsl:text> · </xsl:text>
          <xsl:value-of select="@period-text"/>
          <xsl:text> · </xsl:text>
          <span class="level">
            <xsl:call-template name="say">
              <xsl:with-param name="id" select="'frame.level'"/>
              <xsl:with-param name="a">
                <xsl:call-template name="word">
                  <xsl:with-param name="kind" select="'level'"/>
                  <xsl:with-param name="value" select="@level"/>
                </xsl:call-template>
              </xsl:with-param>
            </xsl:call-template>
          </span>
        </p>
      </div>
      <nav class="rooms">
        <xsl:attribute name="aria-label">
          <xsl:call-template name="label"><xsl:with-param name="id" select="'frame.nav'"/></xsl:call-template>
        </xsl:attribute>
        <ul>
          <xsl:call-template name="door">
            <xsl:with-param name="id" select="'start'"/>
            <xsl:with-param name="page" select="'index.html'"/>
            <xsl:with-param name="current" select="$here = 'index.html'"/>
          </xsl:call-template>
          <xsl:call-template name="door">
            <xsl:with-param name="id" select="'rules'"/>
            <xsl:with-param name="page" select="'r/index.html'"/>
            <xsl:with-param name="current" select="$room = 'r'"/>
          </xsl:call-template>
          <xsl:call-template name="door">
            <xsl:with-param name="id" select="'versions'"/>
            <xsl:with-param name="page" select="'v/index.html'"/>
            <xsl:with-param name="current" select="$room = 'v'"/>
          </xsl:call-template>
          <xsl:call-template name="door">
            <xsl:with-param name="id" select="'owners'"/>
            <xsl:with-param name="page" select="'o/index.html'"/>
            <xsl:with-param name="current" select="$room = 'o'"/>
          </xsl:call-template>
          <xsl:call-template name="door">
            <xsl:with-param name="id" select="'checks'"/>
            <xsl:with-param name="page" select="'k/index.html'"/>
            <xsl:with-param name="current" select="$room = 'k'"/>
          </xsl:call-template>
          <xsl:call-template name="door">
            <xsl:with-param name="id" select="'controls'"/>
            <xsl:with-param name="page" select="'c/index.html'"/>
            <xsl:with-param name="current" select="$room = 'c' or $room = 'm'"/>
          </xsl:call-template>
          <xsl:call-template name="door">
            <xsl:with-param name="id" select="'findings'"/>
            <xsl:with-param name="page" select="'f/index.html'"/>
            <xsl:with-param name="current" select="$room = 'f'"/>
          </xsl:call-template>
          <xsl:call-template name="door">
            <xsl:with-param name="id" select="'exceptions'"/>
            <xsl:with-param name="page" select="'d/index.html'"/>
            <xsl:with-param name="current" select="$room = 'd' and not(starts-with($here, 'd/sample'))"/>
          </xsl:call-template>
          <xsl:call-template name="door">
            <xsl:with-param name="id" select="'sample'"/>
            <xsl:with-param name="page" select="'d/sample.html'"/>
            <xsl:with-param name="current" select="starts-with($here, 'd/sample')"/>
          </xsl:call-template>
          <xsl:call-template name="door">
            <xsl:with-param name="id" select="'sources'"/>
            <xsl:with-param name="page" select="'s/index.html'"/>
            <xsl:with-param name="current" select="$room = 's'"/>
          </xsl:call-template>
          <xsl:call-template name="door">
            <xsl:with-param name="id" select="'reconciliation'"/>
            <xsl:with-param name="page" select="'reconciliation.html'"/>
            <xsl:with-param name="current" select="$here = 'reconciliation.html'"/>
          </xsl:call-template>
          <xsl:call-template name="door">
            <xsl:with-param name="id" select="'a-z'"/>
            <xsl:with-param name="page" select="'a-z/index.html'"/>
            <xsl:with-param name="current" select="$room = 'a-z'"/>
          </xsl:call-template>
        </ul>
      </nav>
    </header>
  </xsl:template>

  <!-- One entry of a navigation list; `true` is the current section, `page` the page itself. -->
  <xsl:template name="door">
    <xsl:param name="id"/>
    <xsl:param name="page"/>
    <xsl:param name="current"/>
    <li>
      <a href="{$up}{$page}">
        <xsl:choose>
          <xsl:when test="$here = $page"><xsl:attribute name="aria-current">page</xsl:attribute></xsl:when>
          <xsl:when test="$current"><xsl:attribute name="aria-current">true</xsl:attribute></xsl:when>
        </xsl:choose>
        <xsl:call-template name="label"><xsl:with-param name="id" select="concat('room.', $id)"/></xsl:call-template>
      </a>
    </li>
  </xsl:template>

  <!-- The way here, and the neighbours in the same list -->

  <xsl:template match="e:context" mode="path">
    <xsl:variable name="own" select="$here = @page"/>
    <xsl:if test="$here != 'index.html'">
      <div class="path">
        <nav class="crumbs">
          <xsl:attribute name="aria-label">
            <xsl:call-template name="label"><xsl:with-param name="id" select="'frame.crumbs'"/></xsl:call-template>
          </xsl:attribute>
          <ol>
            <xsl:choose>
              <xsl:when test="$own and e:crumb"><xsl:apply-templates select="e:crumb" mode="crumb"/></xsl:when>
              <xsl:otherwise>
                <li>
                  <a href="{$up}index.html">
                    <xsl:call-template name="label"><xsl:with-param name="id" select="'room.start'"/></xsl:call-template>
                  </a>
                </li>
              </xsl:otherwise>
            </xsl:choose>
          </ol>
        </nav>
        <xsl:if test="$own and (e:previous or e:next)">
          <nav class="turn">
            <xsl:attribute name="aria-label">
              <xsl:call-template name="label"><xsl:with-param name="id" select="'frame.turn'"/></xsl:call-template>
            </xsl:attribute>
            <ul><xsl:apply-templates select="e:previous | e:next" mode="crumb"/></ul>
          </nav>
        </xsl:if>
      </div>
    </xsl:if>
  </xsl:template>

  <xsl:template match="e:crumb" mode="crumb">
    <li>
      <a href="{$up}{@page}">
        <xsl:if test="@page = $here"><xsl:attribute name="aria-current">page</xsl:attribute></xsl:if>
        <bdi><xsl:value-of select="@title"/></bdi>
      </a>
    </li>
  </xsl:template>

  <xsl:template match="e:previous | e:next" mode="crumb">
    <li>
      <a href="{$up}{@page}">
        <xsl:attribute name="rel">
          <xsl:choose><xsl:when test="self::e:next">next</xsl:when><xsl:otherwise>prev</xsl:otherwise></xsl:choose>
        </xsl:attribute>
        <xsl:call-template name="say">
          <xsl:with-param name="id" select="concat('frame.', local-name())"/>
          <xsl:with-param name="a"><bdi><xsl:value-of select="@title"/></bdi></xsl:with-param>
        </xsl:call-template>
      </a>
    </li>
  </xsl:template>

  <!-- Footer: what this page is, out of what it was made, and the pages about the pack -->

  <xsl:template match="e:context" mode="footer">
    <footer class="colophon">
      <nav class="about">
        <xsl:attribute name="aria-label">
          <xsl:call-template name="label"><xsl:with-param name="id" select="'frame.about'"/></xsl:call-template>
        </xsl:attribute>
        <ul>
          <xsl:call-template name="door">
            <xsl:with-param name="id" select="'read-me-first'"/>
            <xsl:with-param name="page" select="'read-me-first.html'"/>
          </xsl:call-template>
          <xsl:call-template name="door">
            <xsl:with-param name="id" select="'glossary'"/>
            <xsl:with-param name="page" select="'glossary.html'"/>
          </xsl:call-template>
          <xsl:call-template name="door">
            <xsl:with-param name="id" select="'scope'"/>
            <xsl:with-param name="page" select="'scope.html'"/>
          </xsl:call-template>
          <xsl:call-template name="door">
            <xsl:with-param name="id" select="'verify'"/>
            <xsl:with-param name="page" select="'verify.html'"/>
          </xsl:call-template>
          <xsl:call-template name="door">
            <xsl:with-param name="id" select="'sign-off'"/>
            <xsl:with-param name="page" select="'sign-off.html'"/>
          </xsl:call-template>
        </ul>
      </nav>
      <dl class="facts small">
        <xsl:call-template name="fact">
          <xsl:with-param name="name" select="'mapping-review'"/>
          <xsl:with-param name="value"><xsl:apply-templates select="@mapping-review" mode="review"/></xsl:with-param>
        </xsl:call-template>
        <xsl:call-template name="fact">
          <xsl:with-param name="name" select="'tool-version'"/>
          <xsl:with-param name="value">
            <xsl:call-template name="say">
              <xsl:with-param name="id" select="'frame.tool'"/>
              <xsl:with-param name="a" select="string(@tool-version)"/>
            </xsl:call-template>
          </xsl:with-param>
        </xsl:call-template>
        <xsl:call-template name="fact">
          <xsl:with-param name="name" select="'made-from'"/>
          <xsl:with-param name="value">
            <xsl:call-template name="say">
              <xsl:with-param name="id" select="'frame.made-from'"/>
              <xsl:with-param name="a">
                <a href="{$up}{@document}"><code><xsl:value-of select="@document"/></code></a>
              </xsl:with-param>
              <xsl:with-param name="b">
                <a href="{$up}templates/pages/{$entry}.xsl">
                  <code>templates/pages/<xsl:value-of select="$entry"/>.xsl</code>
                </a>
              </xsl:with-param>
            </xsl:call-template>
          </xsl:with-param>
        </xsl:call-template>
      </dl>
    </footer>
  </xsl:template>

  <xsl:template match="@mapping-review | @review | @status" mode="review">
    <xsl:call-template name="say">
      <xsl:with-param name="id" select="concat('review.', .)"/>
      <xsl:with-param name="default" select="string(.)"/>
    </xsl:call-template>
  </xsl:template>

  <!-- The review state of the mapping, on every page that shows controls -->
  <xsl:template match="e:context" mode="mapping">
    <p class="notice">
      <i aria-hidden="true">
        <xsl:call-template name="label"><xsl:with-param name="id" select="'symbol.notice'"/></xsl:call-template>
      </i>
      <xsl:text> </xsl:text>
      <strong>
        <xsl:call-template name="say">
          <xsl:with-param name="id" select="'mapping'"/>
          <xsl:with-param name="a"><xsl:apply-templates select="@mapping-review" mode="review"/></xsl:with-param>
        </xsl:call-template>
      </strong>
      <xsl:text> </xsl:text>
      <xsl:call-template name="label"><xsl:with-param name="id" select="'mapping.note'"/></xsl:call-template>
    </p>
  </xsl:template>

  <!-- The way to the dossier, where the document has one -->
  <xsl:template match="e:context[@dossier]" mode="dossier">
    <p class="more">
      <a href="{$up}{@dossier}"><xsl:call-template name="label"><xsl:with-param name="id" select="'dossier.open'"/></xsl:call-template></a>
    </p>
  </xsl:template>

  <xsl:template match="e:context" mode="dossier"/>

</xsl:stylesheet>
